"""Runs the image of the planner as production does, and checks and measures it; image-test calls this.

image_checks.py IMAGE CONTAINER TLS_FOLDER CLIENT_JAR, with the docker command, as root, with grpcio.
"""

import ctypes
import json
import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import time
import urllib.request

IMAGE, CONTAINER, TLS, CLIENT = sys.argv[1:]
DOCKER = os.environ.get("DOCKER", "docker")
MEMORY = 512 << 20
GRACE_SECONDS = 30  # drain notice and drain together, and 5 s
PLANNER = "partialloading.planner.v1.PlannerService"
SERVING, NOT_SERVING = b"\x08\x01", b"\x08\x02"  # grpc.health.v1.HealthCheckResponse
STARTS = 3


def checked(what, found):
    print(f"  {what:<34} {found}", flush=True)


def require(holds, what):
    if not holds:
        subprocess.run([DOCKER, "logs", "--tail", "40", CONTAINER], stderr=subprocess.STDOUT)
        sys.exit(f"FAILED: {what}")


def docker(*arguments):
    return subprocess.run([DOCKER, *arguments], check=True, text=True, capture_output=True).stdout.strip()


def state():
    return json.loads(docker("inspect", CONTAINER))[0]["State"]


def start(aot_mode="on"):  # on: no start without the cache
    """Starts the container as production does and returns its process."""
    docker("run", "--detach", "--name", CONTAINER, "--network", "none", "--read-only", "--cap-drop", "ALL",
           "--security-opt", "no-new-privileges", "--memory", str(MEMORY), "--memory-swap", str(MEMORY),
           "--volume", f"{TLS}:/tls:ro", "--env", f"JAVA_TOOL_OPTIONS=-XX:AOTMode={aot_mode}",
           IMAGE, "--tls-certificate", "/tls/tls.crt", "--tls-key", "/tls/tls.key", "--tls-client-ca", "/tls/ca.crt",
           "--tls-allowed-client", "*.ran.example")
    return state()["Pid"]


def inside(process, function, *arguments):
    """Calls the function in a process that shares the container's network, and returns what it returns."""

    def call(pipe):
        with open(f"/proc/{process}/ns/net") as network:
            if ctypes.CDLL(None, use_errno=True).setns(network.fileno(), 0):
                raise OSError(ctypes.get_errno(), "setns")
        pipe.send(function(*arguments))

    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=call, args=(theirs,))
    child.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        require(False, function.__name__)
    finally:
        child.join()


def channel(port, credentials=None):
    import grpc

    # Asked of the kernel: one who tries to connect until it works may take the server's port for its own end.
    listening = re.compile(rf"^ *\d+: \w+:{port:04X} \w+:0000 0A ", re.M)
    while not listening.search(kernel("thread-self", "net/tcp") + kernel("thread-self", "net/tcp6")):
        time.sleep(0.005)
    target = f"localhost:{port}"
    return grpc.secure_channel(target, credentials) if credentials else grpc.insecure_channel(target)


def health(management, service):
    check = management.unary_unary("/grpc.health.v1.Health/Check")
    return check(b"\n" + bytes([len(service)]) + service.encode(), timeout=20)


def start_times(request):
    """When the server lives, is ready and has made its first plan over mTLS, in seconds of the clock."""
    import grpc

    management = channel(50052)
    require(health(management, "liveness") == SERVING, "liveness on start")
    times = [time.time()]
    while health(management, PLANNER) != SERVING:
        time.sleep(0.005)
    times.append(time.time())
    files = (open(f"{TLS}/{name}", "rb").read() for name in ("ca.crt", "client.key", "client.crt"))
    with channel(50051, grpc.ssl_channel_credentials(*files)) as planner:
        require(planner.unary_unary(f"/{PLANNER}/Plan")(request, timeout=20), "an empty first plan")
    return times + [time.time()]


def client(command, *arguments):
    """Starts the command line, on the network of whoever calls."""
    return subprocess.Popen(
        ["java", "-jar", CLIENT, command, "--output", "json", "--target", "localhost:50051", "--deadline", "60s",
         "--tls-ca", f"{TLS}/ca.crt", "--tls-certificate", f"{TLS}/client.crt", "--tls-key", f"{TLS}/client.key",
         *arguments], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def run(command, *arguments):
    """Runs the command line and returns its exit code, standard output and standard error."""
    process = client(command, *arguments)
    out, err = process.communicate()
    return process.returncode, out, err


def stops_with_a_call(slow):
    """SIGTERM while a call is planned: the call is answered, and readiness is gone meanwhile."""
    docker("update", "--cpus", "0.1", CONTAINER)  # or the call would be answered by then
    call = client("plan", slow)
    while not re.search(r"^planner_workers_busy 1", metrics(), re.M):
        require(call.poll() is None, "a call that is still planned when the server is told to stop")
    docker("kill", "--signal", "TERM", CONTAINER)
    management = channel(50052)
    while health(management, PLANNER) != NOT_SERVING:
        time.sleep(0.01)
    require(health(management, "liveness") == SERVING, "liveness while the server drains")
    in_flight = call.poll() is None
    docker("update", "--cpus", str(os.cpu_count()), CONTAINER)
    out, err = call.communicate()
    require(call.returncode == 0 and json.loads(out)["servedUserCount"], f"the call in flight was lost: {err}")
    return in_flight


def metrics():
    with urllib.request.urlopen("http://localhost:9464/metrics", timeout=20) as answer:
        return answer.read().decode()


def request(library, user_models, id_length=0):
    """A request in JSON of models, each a list of blocks, and of which model each user wants; there is time for all."""
    users = [f"{user}" + "x" * id_length for user in range(len(user_models))]
    compute = {"affine": {"perBatch": "0.002s", "perSample": "0.000005s"}}
    return {
        "blockLibrary": {
            "models": [{"id": f"model {model}", "blockIds": blocks, "compute": compute}
                       for model, blocks in enumerate(library)],
            "blocks": [{"id": block, "sizeBytes": "1000"} for block in sorted({b for m in library for b in m})],
        },
        "userSnapshot": {"users": [{"id": user, "modelId": f"model {model}", "uploadBytes": "1000"}
                                   for user, model in zip(users, user_models)]},
        "channelState": {"bandwidthHz": 1e9,
                         "userChannels": [{"userId": user, "spectralEfficiency": 4} for user in users]},
        # A resident block doubles the tables.
        "edgeServer": {"gpuMemoryBytes": str(1 << 40), "residentBlockIds": [0],
                       "storageToHost": {"affine": {"latency": "0.000001s", "bytesPerSecond": 1e9}}},
        "latencyBudget": "1000000s",
    }


def largest_requests(limits):
    """The requests that take most memory within the limits, as in LargestRequestBenchmark, and one beyond them."""
    users, models = limits["max-users"], limits["max-models"]
    depth = min(models, int((2 * limits["max-block-references"]) ** 0.5) - 1)
    id_length = limits["max-message-bytes"] // users // 2 - 50
    ring = [[model, (model + 1) % models] for model in range(models)]
    requests = {
        "search": request(ring, [user % models for user in range(users)]),
        "deep tree": request([list(range(last + 1)) for last in range(depth)],
                             [min(user, depth - 1) for user in range(users)]),
        "long ids": request([[0, model] for model in range(1, 11)], [user % 10 for user in range(users)], id_length),
        "beyond": request(ring, [0] * (users + 1)),
    }
    files = {}
    for name, content in requests.items():
        files[name] = f"{os.path.dirname(TLS)}/{name}.json"
        with open(files[name], "w") as file:
            json.dump(content, file)
    return files


def settings():
    printed = docker("run", "--rm", "--network", "none", IMAGE, "--plaintext", "--print-config")
    return {name: int(value) for name, value in re.findall(r"^([\w-]+) = (\d+) ", printed, re.M)}


def kernel(process, name):
    with open(f"/proc/{process}/{name}") as file:
        return file.read()


def memory(process, name, name_in_version_2):
    """A number of the control group that bounds the process's memory, in version 1 or 2."""
    groups = dict(re.findall(r"^\d+:(\w*)[^:]*:(.*)$", kernel(process, "cgroup"), re.M))
    file = (f"/sys/fs/cgroup/memory{groups['memory']}/memory.{name}" if "memory" in groups
            else f"/sys/fs/cgroup{groups['']}/memory.{name_in_version_2}")
    with open(file) as number:
        return int(number.read())


def check_confinement(process):
    status = dict(re.findall(r"^(\w+):\s*(.*)$", kernel(process, "status"), re.M))
    require(set(status["Uid"].split()) == {"65532"}, f"runs as {status['Uid']}")
    require(int(status["CapEff"], 16) == 0 == int(status["CapBnd"], 16), "has capabilities")
    require(status["NoNewPrivs"] == "1", "can get new privileges")
    require(re.search(r" / \S+ ro[, ]", kernel(process, "mounts")), "the root file system can be written to")
    checked("confined", "uid 65532, no capabilities, no new privileges, read-only, "
            + ("seccomp" if status["Seccomp"] == "2" else "SKIPPED: seccomp, which this engine does not have"))
    require(memory(process, "limit_in_bytes", "max") == MEMORY, "another limit of memory")
    checked("memory limit", "512 MiB, no swap, by the kernel")


def check_native_libraries(process):
    loaded = set(re.findall(r"/\S*netty\S*\.so", kernel(process, "maps")))
    require(len(loaded) == 2 and all(file.startswith("/opt/planner/lib/") for file in loaded), f"loaded: {loaded}")
    checked("netty's native code", "epoll and TLS, from the image")


def check_largest(process, files):
    def peak():
        return f"{memory(process, 'max_usage_in_bytes', 'peak') >> 20} MiB at most so far"

    *admissible, beyond = files
    for name in admissible:
        status, out, err = inside(process, run, "plan", files[name])
        require(status == 0, f"{name}: {err}")
        checked(f"largest request: {name}", f"{json.loads(out)['servedUserCount']} users planned; {peak()}")
    _, out, err = inside(process, run, "bench-load", "--rate", "40", "--duration", "10s", "--connections", "8",
                              "--no-retries", *[files[name] for name in admissible])
    require(out, f"the flood: {err}")
    codes = json.loads(out)["codes"]
    require(codes["OK"] and codes.keys() <= {"OK", "RESOURCE_EXHAUSTED"}, f"the flood: {out}")
    checked("40 of them a second for 10 s", f"{codes['OK']} planned, {codes.get('RESOURCE_EXHAUSTED', 0)} refused, "
            f"none failed; {peak()}")
    status, _, err = inside(process, run, "plan", files[beyond])
    require(status == 1 and "RESOURCE_EXHAUSTED" in err, f"beyond the limits: {err}")
    checked("one user beyond the limits", "refused")


def measure_starts(aot_mode, request):
    """Starts the container some times, prints the medians, and returns the last one's process."""
    measured = []
    for _ in range(STARTS):
        subprocess.run([DOCKER, "rm", "--force", CONTAINER], capture_output=True)
        process = start(aot_mode)
        times = inside(process, start_times, request)
        began = subprocess.run(["date", "--date", state()["StartedAt"], "+%s.%N"], check=True, text=True,
                               capture_output=True).stdout
        measured.append([moment - float(began) for moment in times])
    alive, serving, planned = (statistics.median(times) for times in zip(*measured))
    checked(f"{STARTS} starts, AOT cache {aot_mode}",
            f"alive after {alive:.2f} s, SERVING after {serving:.2f} s, first plan over mTLS after {planned:.2f} s")
    return process


def main():
    user = json.loads(docker("image", "inspect", IMAGE))[0]["Config"]["User"]
    require(re.fullmatch(r"[1-9]\d*:[1-9]\d*", user), f"the image's user: {user}")
    paper = f"{os.path.dirname(TLS)}/paper.binpb"
    subprocess.run(["java", "-jar", CLIENT, "generate", "--scenario", "bottom-layer", "--output", paper], check=True)
    with open(paper, "rb") as file:
        first = file.read()
    measure_starts("off", first)
    process = measure_starts("on", first)
    checked("probes", "readiness and liveness on the management port")
    check_confinement(process)
    check_native_libraries(process)
    status, out, err = inside(process, run, "plan", "planner-client/examples/lora.json")
    require(status == 0 and json.loads(out)["servedUserCount"] == 4, f"a plan over mTLS: {err}")
    checked("plan over mTLS", "4 of 6 users, as the README says")
    files = largest_requests(settings())
    check_largest(process, files)
    in_flight = inside(process, stops_with_a_call, files["search"])
    begin = time.monotonic()
    code = int(docker("wait", CONTAINER))
    ended = state()
    require(code in (0, 143) and time.monotonic() - begin < GRACE_SECONDS, f"the stop: exit code {code}")
    require(not ended["OOMKilled"], "killed for memory")
    checked("SIGTERM with a call in flight", "NOT_SERVING, alive, the call answered, "
            f"exit code {code} {time.monotonic() - begin:.1f} s later" + ("" if in_flight else "; the call was fast"))
    unconfigured = subprocess.run([DOCKER, "run", "--rm", "--network", "none", IMAGE], text=True, capture_output=True)
    require(unconfigured.returncode == 2, f"a start without TLS ends with {unconfigured.returncode}")
    checked("start without TLS", unconfigured.stderr.strip().splitlines()[-1][:70])


main()

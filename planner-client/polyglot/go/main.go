// Plan asks a running planner for a plan; plan -help and ../README.md have the rest.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"

	plannerv1 "github.com/partialloading/planner/gen/partialloading/planner/v1"
)

//go:generate buf generate ../../../proto
//go:generate cp ../../../proto/service-config.json gen/

//go:embed gen/service-config.json
var serviceConfig string

// A plan for 10,000 users takes about 1 MB; gRPC's own limit is 4 MB.
const maxResponseBytes = 64 << 20

const (
	exitPlanned = iota
	exitRefused
	exitUsage
	exitUnreachable
)

const intro = `usage: plan [FLAGS] FILE
Asks a planner for a plan. FILE is a PlanRequest in proto3 JSON; - is standard input.
Exit codes: 0 planned; 1 refused; 2 wrong usage or unreadable file; 3 server unreachable or
deadline passed.
`

type options struct {
	file, target, output                        string
	tlsCA, tlsCertificate, tlsKey, tlsAuthority string
	deadline                                    time.Duration
}

func main() {
	o, err := parse(os.Args[1:])
	switch {
	case errors.Is(err, flag.ErrHelp):
		os.Exit(exitPlanned)
	case err != nil:
		fmt.Fprintln(os.Stderr, "plan:", err)
		os.Exit(exitUsage)
	}
	text, err := plan(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, strings.Join(explain(err), "\n"))
		os.Exit(exitCode(err))
	}
	fmt.Println(text)
}

func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("plan", flag.ContinueOnError)
	flags.StringVar(&o.target, "target", "localhost:50051", "the server, `HOST:PORT`")
	flags.DurationVar(&o.deadline, "deadline", 5*time.Second, "how long the answer may take, such as 500ms")
	flags.StringVar(&o.output, "output", "table", "`FORMAT` of the plan: table or json")
	flags.StringVar(&o.tlsCA, "tls-ca", "", "use TLS; `FILE` of the CA that the server's certificate is checked against")
	flags.StringVar(&o.tlsCertificate, "tls-certificate", "", "`FILE` of the certificate chain to present, for mutual TLS")
	flags.StringVar(&o.tlsKey, "tls-key", "", "`FILE` of its private key")
	flags.StringVar(&o.tlsAuthority, "tls-authority", "", "server `NAME` to expect instead of the target's")
	flags.SetOutput(io.Discard) // main tells what is wrong, in one line
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Print(intro)
			flags.SetOutput(os.Stdout)
			flags.PrintDefaults()
		}
		return o, err
	}
	o.file = flags.Arg(0)
	switch {
	case flags.NArg() != 1:
		return o, fmt.Errorf("one FILE is needed after the flags, not %d", flags.NArg())
	case o.deadline <= 0:
		return o, fmt.Errorf("-deadline %v is not above 0", o.deadline)
	case o.output != "table" && o.output != "json":
		return o, fmt.Errorf("-output %q is neither table nor json", o.output)
	case (o.tlsCertificate == "") != (o.tlsKey == ""):
		return o, errors.New("-tls-certificate and -tls-key go together")
	case o.tlsCA == "" && (o.tlsCertificate != "" || o.tlsAuthority != ""):
		return o, errors.New("-tls-certificate, -tls-key and -tls-authority need -tls-ca")
	}
	return o, nil
}

// plan asks for the plan and returns it as text. Its errors are those of files or have a gRPC status.
func plan(o options) (string, error) {
	request, err := readRequest(o.file)
	if err != nil {
		return "", err
	}
	dialOptions, err := dialOptions(o)
	if err != nil {
		return "", err
	}
	connection, err := grpc.NewClient(o.target, dialOptions...)
	if err != nil {
		return "", fmt.Errorf("%s: not a target: %w", o.target, err)
	}
	defer connection.Close()
	ctx, cancel := context.WithTimeout(context.Background(), o.deadline)
	defer cancel()
	response, err := plannerv1.NewPlannerServiceClient(connection).Plan(ctx, request)
	if err != nil {
		return "", err
	}
	if o.output == "table" {
		return table(request, response), nil
	}
	text, err := protojson.Marshal(response)
	return string(text), err
}

func readRequest(file string) (*plannerv1.PlanRequest, error) {
	var text []byte
	var err error
	if file == "-" {
		text, err = io.ReadAll(os.Stdin)
	} else {
		text, err = os.ReadFile(file)
	}
	if err != nil {
		return nil, err
	}
	request := new(plannerv1.PlanRequest)
	if err := protojson.Unmarshal(text, request); err != nil {
		return nil, fmt.Errorf("%s: not a PlanRequest in proto3 JSON: %w", file, err)
	}
	return request, nil
}

func dialOptions(o options) ([]grpc.DialOption, error) {
	dialOptions := []grpc.DialOption{
		grpc.WithDefaultServiceConfig(serviceConfig),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxResponseBytes)),
	}
	if o.tlsCA == "" {
		return append(dialOptions, grpc.WithTransportCredentials(insecure.NewCredentials())), nil
	}
	ca, err := os.ReadFile(o.tlsCA)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{RootCAs: x509.NewCertPool()}
	if !config.RootCAs.AppendCertsFromPEM(ca) {
		return nil, fmt.Errorf("%s: no certificate in PEM", o.tlsCA)
	}
	if o.tlsCertificate != "" {
		certificate, err := tls.LoadX509KeyPair(o.tlsCertificate, o.tlsKey)
		if err != nil {
			return nil, fmt.Errorf("%s, %s: %w", o.tlsCertificate, o.tlsKey, err)
		}
		config.Certificates = []tls.Certificate{certificate}
	}
	if o.tlsAuthority != "" {
		dialOptions = append(dialOptions, grpc.WithAuthority(o.tlsAuthority))
	}
	return append(dialOptions, grpc.WithTransportCredentials(credentials.NewTLS(config))), nil
}

// explain says why there is no plan, a line for each fault of the request.
func explain(err error) []string {
	refusal, ok := status.FromError(err)
	if !ok {
		return []string{err.Error()}
	}
	var lines []string
	for _, detail := range refusal.Details() {
		badRequest, ok := detail.(*errdetails.BadRequest)
		if !ok {
			continue
		}
		for _, fault := range badRequest.GetFieldViolations() {
			line := fault.GetDescription()
			if fault.GetField() != "" {
				line = fault.GetField() + ": " + line
			}
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		lines = []string{fmt.Sprintf("%v: %s", refusal.Code(), strings.Join(strings.Fields(refusal.Message()), " "))}
	}
	return lines
}

func exitCode(err error) int {
	refusal, ok := status.FromError(err)
	switch {
	case !ok:
		return exitUsage
	case refusal.Code() == codes.Unavailable || refusal.Code() == codes.DeadlineExceeded:
		return exitUnreachable
	default:
		return exitRefused
	}
}

import unittest

import grpc
from google.rpc import code_pb2, error_details_pb2, status_pb2

import plan


class Refusal(grpc.RpcError):
    """A failed call whose server gave the status with these details."""

    def __init__(self, *details):
        self.status = status_pb2.Status(code=code_pb2.INVALID_ARGUMENT, message="wrong\nrequest")
        for detail in details:
            self.status.details.add().Pack(detail)

    def code(self):
        return grpc.StatusCode.INVALID_ARGUMENT

    def details(self):
        return self.status.message

    def trailing_metadata(self):
        return (("grpc-status-details-bin", self.status.SerializeToString()),)


class PlanTest(unittest.TestCase):
    def test_faults_are_those_of_the_bad_request(self):
        bad_request = error_details_pb2.BadRequest()
        bad_request.field_violations.add(field="latency_budget", description="is missing")
        bad_request.field_violations.add(description="3 more")
        other = error_details_pb2.ErrorInfo(reason="no fault")
        self.assertEqual(
            ["latency_budget: is missing", "3 more"], plan.faults(Refusal(other, bad_request))
        )

    def test_refusal_without_details_has_no_faults(self):
        self.assertEqual([], plan.faults(Refusal()))

    def test_refusal_with_spoiled_details_has_no_faults(self):
        refusal = Refusal()
        refusal.trailing_metadata = lambda: (("grpc-status-details-bin", b"\xff"),)
        self.assertEqual([], plan.faults(refusal))

    def test_deadline_is_milliseconds_or_seconds(self):
        self.assertEqual(0.5, plan.seconds("500ms"))
        self.assertEqual(1.5, plan.seconds("1.5s"))
        for wrong in ("5", "0s", "-1s", "1h", "s"):
            with self.assertRaises(plan.argparse.ArgumentTypeError, msg=wrong):
                plan.seconds(wrong)


if __name__ == "__main__":
    unittest.main()

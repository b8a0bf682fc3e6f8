package main

import (
	"errors"
	"slices"
	"testing"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func TestExplainListsFaultsOfBadRequest(t *testing.T) {
	refusal, err := status.New(codes.InvalidArgument, "wrong request").WithDetails(
		&errdetails.ErrorInfo{Reason: "no fault"},
		&errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{
			{Field: "latency_budget", Description: "is missing"},
			{Description: "3 more"},
		}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"latency_budget: is missing", "3 more"}
	if got := explain(refusal.Err()); !slices.Equal(got, want) {
		t.Errorf("explain() = %q, want %q", got, want)
	}
}

func TestExplainGivesOneLineWithoutDetails(t *testing.T) {
	want := []string{"ResourceExhausted: too many"}
	if got := explain(status.Error(codes.ResourceExhausted, "too\nmany")); !slices.Equal(got, want) {
		t.Errorf("explain() = %q, want %q", got, want)
	}
}

func TestExitCodeFollowsStatus(t *testing.T) {
	for _, test := range []struct {
		err  error
		want int
	}{
		{status.Error(codes.InvalidArgument, ""), exitRefused},
		{status.Error(codes.FailedPrecondition, ""), exitRefused},
		{status.Error(codes.Unavailable, ""), exitUnreachable},
		{status.Error(codes.DeadlineExceeded, ""), exitUnreachable},
		{errors.New("no such file"), exitUsage},
	} {
		if got := exitCode(test.err); got != test.want {
			t.Errorf("exitCode(%v) = %d, want %d", test.err, got, test.want)
		}
	}
}

package main

import (
	"fmt"
	"strings"

	"google.golang.org/protobuf/types/known/durationpb"

	plannerv1 "github.com/partialloading/planner/gen/partialloading/planner/v1"
)

// table is a plan as people read it.
func table(request *plannerv1.PlanRequest, response *plannerv1.PlanResponse) string {
	schedule := response.GetSchedule()
	bound := "proven optimal"
	if response.GetOptimality() != plannerv1.Optimality_OPTIMALITY_PROVEN {
		bound = fmt.Sprintf("at most %d possible", response.GetServedUserUpperBound())
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%d of %d users served (%s), complete after %.2f ms\n",
		response.GetServedUserCount(), len(request.GetUserSnapshot().GetUsers()), bound, milliseconds(schedule.GetCompletion()))
	fmt.Fprint(&text, "batch    start ms   upload ms     load ms  compute ms  model")
	for i, batch := range schedule.GetBatches() {
		fmt.Fprintf(&text, "\n%5d%12.2f%12.2f%12.2f%12.2f  %s", i+1,
			milliseconds(batch.GetStart()), milliseconds(batch.GetUpload()),
			milliseconds(batch.GetLoad()), milliseconds(batch.GetCompute()), batch.GetModelId())
		var users, loads []string
		for _, grant := range batch.GetGrants() {
			users = append(users, fmt.Sprintf("%s %.1f%%", grant.GetUserId(), 100*grant.GetBandwidthFraction()))
		}
		for _, id := range batch.GetLoadBlockIds() {
			loads = append(loads, fmt.Sprint(id))
		}
		if loads == nil {
			loads = []string{"nothing"}
		}
		fmt.Fprintf(&text, "\n         users %s\n         loads %s", strings.Join(users, ", "), strings.Join(loads, ", "))
	}
	return text.String()
}

func milliseconds(duration *durationpb.Duration) float64 {
	return float64(duration.AsDuration().Nanoseconds()) / 1e6
}

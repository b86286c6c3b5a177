// Package crash ends the built program in every way that a shop does, in the
// middle of its work, and looks whether the next one knows all that was
// acknowledged. The model of what must be there is model_test.go, the traffic
// lane_test.go and cashier_test.go, the ends crash_test.go.
package crash

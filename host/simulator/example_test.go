package simulator_test

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/tillwise/tillwise/host/simulator"
)

// The reply to a sign-in is lost on its way, without a network: the error is the
// one that a client gets over a connection.
func ExampleSimulator_Transport() {
	s := simulator.New(simulator.Config{})
	client := &http.Client{Transport: s.Transport()}
	const form = "grant_type=client_credentials&client_id=sim-store&client_secret=" + simulator.Secret
	for _, fault := range []simulator.Fault{"", simulator.Reset} {
		r, _ := http.NewRequest(http.MethodPost, "https://simulator.invalid/flexiti/pos-api/v2.5/oauth/token", strings.NewReader(form))
		r.Header.Set(simulator.FaultHeader, string(fault))
		reply, err := client.Do(r)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(reply.Status)
	}
	fmt.Println(s.Ledger().Taken(), "cents taken")
	// Output:
	// 200 OK
	// Post "https://simulator.invalid/flexiti/pos-api/v2.5/oauth/token": read tcp: read: connection reset by peer
	// 0 cents taken
}

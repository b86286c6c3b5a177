package nolies

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"syscall"

	"github.com/tillwise/tillwise/host/simulator"
	"github.com/tillwise/tillwise/plugin"
)

// wire is what stands between the POS and Flexiti, and goes wrong.
type wire struct {
	world   *world
	under   http.RoundTripper
	delayed []delayed
	about   *call // the call that tillwise was told of last
}

// delayed is a request that was given up by the till, and is still on its way.
type delayed struct {
	request *http.Request
	body    []byte
	of      *call
}

// rowsOf are Flexiti's documented refusals, as the simulator wants them named.
var rowsOf = func() map[plugin.Operation][]string {
	rows := map[plugin.Operation][]string{}
	for _, op := range []plugin.Operation{plugin.OpToken, plugin.OpLookup, plugin.OpVerify, plugin.OpCalculateInterest, plugin.OpApply, plugin.OpTerms, plugin.OpTransactions,
		plugin.OpAuthorization, plugin.OpCapture, plugin.OpReturn, plugin.OpRefund, plugin.OpAuthorizations, plugin.OpCaptures} {
		for _, r := range plugin.Rules() {
			if r.Operation == op || r.Operation == plugin.AnyOperation {
				rows[op] = append(rows[op], r.Name())
			}
		}
	}
	return rows
}()

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.arrive()
	op := plugin.OperationOf(r.Method, r.URL.Path)
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	var of *call
	if plugin.MovesMoney(op) {
		of = w.about
	}
	dice, tame := w.world.roll()
	k := dice.IntN(100)
	if !plugin.MovesMoney(op) && chance(dice, 70) {
		k = 0 // else few sales would come to their payment
	}
	switch {
	case tame || k < 45:
		return w.deliver(r, body, of, "")
	case k < 60 && len(rowsOf[op]) > 0:
		r.Header.Set("Simulator-Answer", rowsOf[op][dice.IntN(len(rowsOf[op]))])
	case k < 64:
		r.Header.Set("Simulator-Answer", fmt.Sprintf("%s/%s %s", op, pick(dice, "409/general_error", "504/", "500/", "302/"), pick(dice, "before", "after")))
	case k < 88:
		fault := pick(dice, simulator.Reset, simulator.Cut, simulator.HTML, simulator.Length, simulator.Silent, simulator.Slow)
		r.Close = fault == simulator.Length // what is left over must not meet the next reply
		r.Header.Set("Simulator-Fault", string(fault)+" "+string(pick(dice, simulator.Before, simulator.After, simulator.After)))
	case k < 92:
		w.world.tell("%s is given up, and still on its way", op)
		w.delayed = append(w.delayed, delayed{r.Clone(r.Context()), body, of})
		return nil, os.ErrDeadlineExceeded
	case k < 96:
		_, err := w.deliver(r, body, of, " and the reply is lost")
		if err == nil {
			err = pick[error](dice, os.ErrDeadlineExceeded, syscall.ECONNRESET)
		}
		return nil, err
	default:
		w.world.tell("%s does not leave the store", op)
		return nil, syscall.ECONNREFUSED
	}
	return w.deliver(r, body, of, "")
}

// arrive: what was still on its way may be there now.
func (w *wire) arrive() {
	if dice, tame := w.world.roll(); len(w.delayed) > 0 && !tame && chance(dice, 40) {
		w.arriveNow()
	}
}

func (w *wire) arriveNow() {
	d := w.delayed[0]
	w.delayed = w.delayed[1:]
	if resp, err := w.deliver(d.request, d.body, d.of, ", which was given up"); err == nil {
		resp.Body.Close()
	}
}

// deliver hands a request over, and sees in the books what was done.
func (w *wire) deliver(r *http.Request, body []byte, of *call, how string) (*http.Response, error) {
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	if of == nil {
		resp, err := w.under.RoundTrip(r)
		w.told(r, resp, err, how, false)
		return resp, err
	}
	before := w.world.sim.Ledger()
	resp, err := w.under.RoundTrip(r)
	after := w.world.sim.Ledger()
	done := false
	if n := len(before.Payments); len(after.Payments) > n && !after.Payments[n].Declined {
		done, of.payment = true, after.Payments[n].ID
	}
	for i, p := range before.Payments {
		now := after.Payments[i]
		if now.Returned != p.Returned || len(now.Captures) != len(p.Captures) {
			done, of.payment = true, p.ID
		}
	}
	done = done || len(after.Refunds) > len(before.Refunds)
	of.done = of.done || done
	w.told(r, resp, err, how, done)
	return resp, err
}

func (w *wire) told(r *http.Request, resp *http.Response, err error, how string, done bool) {
	if !w.world.telling {
		return
	}
	what := fmt.Sprint(err)
	if err == nil {
		what = resp.Status
	}
	w.world.tell("%s %s%s [%s %s] → %s%s", r.Method, plugin.OperationOf(r.Method, r.URL.Path), how, r.Header.Get("Simulator-Answer"), r.Header.Get("Simulator-Fault"), what,
		map[bool]string{true: ", and Flexiti has done it"}[done])
}

package simulator

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// The headers with which a request asks for something to go wrong.
const (
	AnswerHeader = "Simulator-Answer" // operation/status/code, and perhaps after
	FaultHeader  = "Simulator-Fault"  // one of Faults, perhaps before or after, and how long where it is slow
)

const (
	SlowAnswer = 10 * time.Second // that a slow answer takes, where nothing else is said
	silence    = 2 * time.Minute  // after which a connection without an answer ends, if the client has not gone
)

// Faults gives what can happen to a reply.
func Faults() []Fault { return []Fault{Slow, Reset, Cut, Silent, HTML, Length} }

// The bodies of what did no work.
const (
	neverWhole  = `{"simulator":"nothing was done, and this body does not arrive whole"}`
	gatewayPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)

// planned finds what goes wrong with a call: what its headers ask for, else the
// first step of the scenario that fits.
func (s *Simulator) planned(op plugin.Operation, h http.Header) (Step, error) {
	n, all := 0, 0
	if len(s.steps) > 0 {
		s.mu.Lock()
		if s.calls == nil {
			s.calls = map[plugin.Operation]int{}
		}
		s.calls[op]++
		s.calls[plugin.AnyOperation]++
		n, all = s.calls[op], s.calls[plugin.AnyOperation]
		s.mu.Unlock()
	}
	asked := Step{}
	if words := strings.Fields(h.Get(AnswerHeader)); len(words) > 0 {
		asked.Answer = words[0]
		if err := asked.timed(words[1:]); err != nil {
			return Step{}, fmt.Errorf("%s: %w", AnswerHeader, err)
		}
	}
	if words := strings.Fields(h.Get(FaultHeader)); len(words) > 0 {
		asked.Fault = Fault(words[0])
		if err := asked.timed(words[1:]); err != nil {
			return Step{}, fmt.Errorf("%s: %w", FaultHeader, err)
		}
	}
	if asked.Answer != "" || asked.Fault != "" {
		if err := asked.check(); err != nil {
			return Step{}, err
		}
		if asked.Answer == "" || asked.fits(op, 0, 0) {
			return asked, nil
		}
	}
	for _, step := range s.steps {
		if step.fits(op, n, all) {
			return step, step.check()
		}
	}
	return Step{}, nil
}

// timed reads what may follow a fault: when it comes, and how long it takes.
func (st *Step) timed(words []string) error {
	for _, word := range words {
		d, err := time.ParseDuration(word)
		switch {
		case word == string(Before), word == string(After):
			st.When = When(word)
		case err == nil && st.Fault == Slow:
			st.Wait = d
		default:
			return fmt.Errorf("%q is neither before nor after, nor the time of a slow answer, such as 3s", short(word))
		}
	}
	return nil
}

// check completes a step, or says what is wrong with it.
func (st *Step) check() error {
	switch {
	case st.Answer != "" && st.Fault != "":
		return fmt.Errorf("a step has an answer or a fault, not both")
	case st.Answer == "" && st.Fault == "":
		return fmt.Errorf("a step has an answer or a fault, and this one has neither")
	case st.Fault != "" && !slices.Contains(Faults(), st.Fault):
		names := make([]string, 0, len(Faults()))
		for _, f := range Faults() {
			names = append(names, string(f))
		}
		return fmt.Errorf("there is no fault %q (there are: %s)", short(string(st.Fault)), strings.Join(names, ", "))
	case st.When != "" && st.When != Before && st.When != After:
		return fmt.Errorf("when is before or after")
	case st.Occurrence < 0:
		return fmt.Errorf("occurrence is 1 or more, or left out for each")
	case st.Wait < 0 || st.Wait > time.Hour:
		return fmt.Errorf("wait is at most an hour")
	case st.Wait > 0 && st.Fault != Slow:
		return fmt.Errorf("wait goes with the fault slow alone")
	}
	if st.Answer == "" {
		st.Operation = cmp.Or(st.Operation, plugin.AnyOperation)
		return nil
	}
	op, r, err := parseRow(st.Answer)
	switch {
	case err != nil:
		return err
	case st.Operation == "":
		st.Operation = op
	case st.Operation != op && op != plugin.AnyOperation:
		return fmt.Errorf("the answer is of %s, and the step of %s", op, st.Operation)
	}
	if st.When == After && refuses(st.Answer, r) {
		return fmt.Errorf("%s says that nothing was done, so it cannot come after: take general_error or a status such as 504", short(st.Answer))
	}
	return nil
}

// fits says whether a step is for a call: the n-th of its operation, the all-th of all.
func (st *Step) fits(op plugin.Operation, n, all int) bool {
	switch st.Operation {
	case plugin.AnyOperation:
		n = all
	case op:
	default:
		return false
	}
	return st.Occurrence == 0 || st.Occurrence == n
}

// result is a reply, and what becomes of it on its way.
type result struct {
	reply
	fault Fault // Reset, Cut, Silent or Length; else the reply arrives
	gone  error // the client went away while it waited
}

// exchange deals with one request. Work is done under the lock, whole, before
// anything is sent: what then becomes of the reply changes nothing.
func (s *Simulator) exchange(ctx context.Context, r *request) result {
	if answer, ok := s.page(r); ok {
		return result{reply: answer}
	}
	op := operationOf(r)
	step, err := s.planned(op, r.header)
	if err != nil {
		return result{reply: mistaken(err)}
	}
	out := result{}
	nap := func() {
		if step.Fault == Slow && out.gone == nil {
			d := step.Wait
			if d == 0 {
				d = SlowAnswer
			}
			out.gone = s.wait(ctx, d)
		}
	}
	if step.When != After {
		if nap(); out.gone != nil {
			return out
		}
	}
	switch worked := step.Answer == "" && step.Fault == "" || step.Fault == Slow || step.When == After; {
	case worked:
		out.reply = s.work(r, op)
	case step.Fault != "":
		out.reply = reply{status: http.StatusOK, body: []byte(neverWhole)}
	}
	if step.When == After {
		nap()
	}
	switch step.Fault {
	case Reset, Cut, Silent, Length:
		out.fault = step.Fault
	case HTML:
		out.reply = reply{http.StatusBadGateway, "text/html", []byte(gatewayPage)}
	}
	if step.Answer != "" {
		_, out.reply, _ = parseRow(step.Answer)
	}
	return out
}

// mistaken answers a request that cannot be read whole, or whose headers ask for
// what there is not. Nothing was done.
func mistaken(err error) reply {
	if err == nil {
		return reply{}
	}
	return reply{http.StatusBadRequest, "text/plain; charset=utf-8", []byte(err.Error() + "\n")}
}

// set puts on what every reply has.
func (r *reply) set(h http.Header, now time.Time) {
	if r.kind == "" {
		r.kind = "application/json"
	}
	h["Content-Type"] = []string{r.kind}
	h["Date"] = []string{now.UTC().Format(http.TimeFormat)}
	h["Simulator"] = []string{Notice}
}

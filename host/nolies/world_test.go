package nolies

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/tillwise/tillwise/host/pos"
	"github.com/tillwise/tillwise/host/simulator"
	"github.com/tillwise/tillwise/plugin"
)

// script is a sale that can be played again.
type script struct {
	seed uint64
	tame uint64 // the points at which chance has no say, by bit
}

const (
	maxPresses  = 40 // of a sale, before it is said to have no end
	freePresses = 8  // at most, before the cashier wants to see the end of it
)

// world is one sale: its customer, its cashier, its supervisor, and the books.
type world struct {
	script
	calm    bool // nothing at all goes wrong
	points  int
	clock   *clock
	sim     *simulator.Simulator
	wire    wire
	teller  teller
	account simulator.Account
	order   pos.Order
	policy  string
	presses int
	free    int  // presses of any key
	closed  bool // somebody has ended the sale on the screen

	card   card
	calls  []*call                    // those that move money, as tillwise was told of them
	other  int64                      // cents that were paid otherwise
	agreed map[plugin.Operation]int64 // cents, where the customer has named another amount

	breach  breach
	telling bool
	story   []string
	tally   tally
}

// breach is the first rule that a sale broke, and the card that did.
type breach struct {
	rule string
	card plugin.CardID
}

// call is one request that moves money.
type call struct {
	op      plugin.Operation
	name    string
	key     string
	cents   int64
	since   int64 // when it was announced, Unix milliseconds
	payment string
	done    bool // at Flexiti
	settled bool // the supervisor has stated what became of it …
	was     bool // … when it had been done
}

// roll gives the dice for one thing that happens, and whether it is to happen as
// it should. Each has dice of its own, so that taming one leaves the others alone.
func (w *world) roll() (r *rand.Rand, tame bool) {
	i := w.points
	w.points++
	return rand.New(rand.NewPCG(w.seed, uint64(i))), w.calm || i < 64 && w.tame>>i&1 == 1
}

func chance(r *rand.Rand, percent int) bool { return r.IntN(100) < percent }

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// clock is the one clock of a sale: the POS's, tillwise's and Flexiti's.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) forward(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
	return c.at
}

// now gives no two events the same time.
func (w *world) now() time.Time { return w.clock.forward(time.Millisecond) }

func (w *world) wait(_ context.Context, d time.Duration) error {
	w.clock.forward(d)
	return nil
}

var accounts = simulator.Accounts()

// play plays the sale of a script from its beginning to its end.
func play(sc script, l *lane, telling bool) *world {
	w := &world{script: sc, clock: &clock{at: time.UnixMilli(1795530727000).In(time.FixedZone("", -5*3600))}, telling: telling}
	l.plays++
	r, tame := w.roll()
	w.account = accounts[r.IntN(len(accounts))]
	if chance(r, 75) { // most customers can buy
		w.account = accounts[r.IntN(2)]
	}
	lag := pick(r, 0, 0, 0, 3*time.Second, time.Minute)
	w.sim = simulator.New(simulator.Config{Clock: func() time.Time { return w.clock.forward(0) }, Wait: w.wait, Seed: sc.seed, Lag: lag})
	w.order = pos.Order{
		SaleID: fmt.Sprintf("%d-%d", sc.seed, l.plays), Account: w.account.Number, Amount: pick(r, "1249.00", "100.00", "99.00", "500.01", "0.10"),
		Verify:      pick(r, plugin.MethodSMS, plugin.MethodSMS, plugin.MethodEmail, plugin.MethodSecurityQuestion, plugin.MethodPIW, plugin.MethodOverride, plugin.MethodBypass),
		AutoCapture: chance(r, 60), Plan: pick(r, "", "1001", "1001", "1002", "1003"), Term: pick(r, "12", "12", "24"), Return: chance(r, 25),
	}
	switch k := r.IntN(100); {
	case k < 20:
		w.order.Amount, w.order.Deposit = "", pick(r, "25.00", "100.00")
	case k < 35:
		w.order.Deposit = "25.00"
	}
	w.free, w.policy = r.IntN(freePresses), cmp.Or(l.policy, pick(r, policies...))
	w.tell("a customer: %s. %+v, read-backs lag %v, settings %s", w.account.For, w.order, lag, w.policy)
	if chance(r, 15) && !tame {
		w.neighbour(l)
	}
	w.begin(l)
	w.sell(l)
	return w
}

// policies of stores: the one that offers most stands for all where tillwise is one
// for all sales.
var policies = []string{`{}`, `{"split_payment":true}`, `{"settled_by":"cashier"}`, `{"limits":{"checks":1}}`, oneForAll}

const oneForAll = `{"methods":["sms","email","security_question","piw"],"override":true,"bypass":true,"split_payment":true}`

func (w *world) begin(l *lane) {
	w.wire = wire{world: w, under: l.open(w)}
	w.teller = l.teller(w)
}

// neighbour sells the same to the same customer in another sale: it stands in
// Flexiti's lists, and is none of this sale's business.
func (w *world) neighbour(l *lane) {
	n := &world{script: w.script, calm: true, clock: w.clock, sim: w.sim, account: w.account, order: w.order, policy: w.policy}
	n.order.SaleID += "-neighbour"
	n.begin(l)
	n.sell(l)
	w.clock.forward(time.Hour)
	w.tell("the same was sold before, and ended with %s", n.card.Decision.Card)
}

// sell sells, and takes the sale up again when it was put aside.
func (w *world) sell(l *lane) {
	ctx := context.Background()
	till := pos.POS{Till: w, Flexiti: &http.Client{Transport: &w.wire}, URL: l.url, ClientID: "sim-store", ClientSecret: simulator.Secret, Lane: "1",
		Ask: w.ask, Now: w.now, Wait: w.wait}
	out, err := till.Sell(ctx, w.order)
	for err == nil && !out.Ended.Ends() {
		out, err = till.Resume(ctx, out)
	}
	w.tally.sales++
	if errors.Is(err, errBroken) {
		return
	}
	if err != nil {
		w.breaks("the POS cannot go on: " + err.Error())
		return
	}
	w.ends(out.Ended)
}

// ask is somebody who is asked to type something.
func (w *world) ask(_ context.Context, q pos.Question) (string, error) {
	r, tame := w.roll()
	wrong := !tame && chance(r, 20)
	if !tame && chance(r, 6) {
		w.tell("nobody types anything")
		return "", pos.ErrWalkedAway
	}
	text := w.typed(r, q)
	if wrong {
		text = pick(r, "0000", "7", "nonsense", "20000099")
		if asksAmount(q) {
			text = pick(r, "1.00", "99999.00", "nonsense")
		}
		if q.Operation == plugin.OpApply {
			text = `{}`
		}
	}
	if asksAmount(q) && text != "nonsense" {
		if w.agreed == nil {
			w.agreed = map[plugin.Operation]int64{}
		}
		w.agreed[q.Operation] = max(w.agreed[q.Operation], cents(text))
	}
	w.tell("%s for %s: somebody types %s", q.Action, q.Operation, text)
	return text, nil
}

// asksAmount says whether what is typed will be the amount of a call.
func asksAmount(q pos.Question) bool {
	return q.Action == plugin.ActChangeAmount || q.Action == plugin.ActSplitPayment || len(q.Fields) > 0 && q.Fields[0].Param == "amount"
}

func (w *world) typed(r *rand.Rand, q pos.Question) string {
	switch {
	case asksAmount(q):
		return pick(r, "10.00", "50.00", "0.05")
	case q.Action == plugin.ActChoosePlan:
		return pick(r, "1001", "1002", "1003", "1004")
	case q.Operation == plugin.OpVerify && q.Format == plugin.MethodSecurityQuestion:
		return w.account.Answer
	case q.Operation == plugin.OpVerify:
		return w.account.Word
	case q.Operation == plugin.OpLookup, q.Operation == plugin.OpSearch:
		return w.account.Number
	case q.Operation == plugin.OpApply:
		return `{"first_name":"New","last_name":"Customer","dob":"1990-02-03","middle_name":"` + pick(r, "A-RR_L", "P-CREDIT", "D-FRAUD", "D-EMAIL_DBL_TIMEOUT") + `"}`
	}
	return w.sim.Sent(w.account.Number)
}

func (w *world) tell(format string, args ...any) {
	if w.telling {
		w.story = append(w.story, "  "+fmt.Sprintf(format, args...))
	}
}

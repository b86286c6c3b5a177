package plugin

// ABI is the version of the module's contract.
const ABI = 1

// Limits of the module's input.
const (
	MaxInput  = 256 << 10 // bytes of one input
	MaxDepth  = 32        // nested arrays and objects of one input
	MaxValues = 16 << 10  // values of one input, so that its memory is bounded too
	MaxSale   = 2 << 10   // bytes of a sale as JSON: ours are always smaller
	MaxCall   = 64        // characters of a call's name or of an idempotency key
)

// Exchange is one request that the POS sent to Flexiti, and the reply, or why
// there is none. Recognise is its only reader: no value of it goes further.
type Exchange struct {
	At        int64             `json:"-"`                   // when the reply came, Unix milliseconds: a Retry-After date counts from it
	Call      string            `json:"call,omitempty"`      // the POS's own name for the request: the same when it says pending, lost and answered
	Operation Operation         `json:"operation,omitempty"` // may stand in for Method and URL
	Method    string            `json:"method,omitempty"`
	URL       string            `json:"url,omitempty"` // with or without host, version, query
	Request   Request           `json:"request"`
	Status    int               `json:"status"`            // HTTP status; 0 without a reply
	Failure   Failure           `json:"failure,omitempty"` // why there is no reply
	Sent      Sent              `json:"sent,omitempty"`    // missing means unknown; refused and dns mean no
	Headers   map[string]string `json:"headers,omitempty"` // only Retry-After and Date are read
	Body      string            `json:"body,omitempty"`
	BodyCut   bool              `json:"body_cut,omitempty"` // the sender cut the body (hosts do above 64 KiB)
	Found     []Found           `json:"found,omitzero"`     // what a read-back found, filtered by the POS; nil: it did not say
	Result    Result            `json:"result,omitempty"`   // what an application's reply said
}

// Request is the little of a request that a decision may depend on.
type Request struct {
	Format          Method `json:"format,omitempty"`
	TransactionType string `json:"transaction_type,omitempty"`
	AutoCapture     *bool  `json:"auto_capture,omitempty"`
	Amount          string `json:"amount,omitempty"`          // decimal, dollars: "1249.00"
	IdempotencyKey  string `json:"idempotency_key,omitempty"` // the key, kept as a hash only; KeySent where the POS does not tell it
}

// KeySent stands for an idempotency key that was sent and is not told: `true` in JSON.
const KeySent = "true"

// Found is one payment that a read-back found for this sale, as the POS saw it.
type Found struct {
	State  FoundState `json:"state"`
	Amount string     `json:"amount,omitempty"`
	ID     string     `json:"id,omitempty"` // the authorization's or the capture's
}

// FoundFact is what of a Found may be kept.
type FoundFact struct {
	State  FoundState `json:"state"`
	Amount string     `json:"amount,omitempty"` // AmountUnreadable where there was one that cannot be read
	ID     Hash       `json:"id,omitempty"`
}

// AmountUnreadable is an amount that is there and is none: it equals no other.
const AmountUnreadable = "unreadable"

// Hash is 32 bits of a name or a number (CRC-32C, never 0): enough to know it
// again in one sale, and no way to read it. 0 means that there was none.
type Hash uint32

// Field is one input that Flexiti did not accept. The value typed has no place here.
type Field struct {
	Param   string  `json:"param"`
	Problem Problem `json:"problem"`
}

// Facts is all that rules may read of an event, and all of an exchange that may be kept.
type Facts struct {
	At              int64       `json:"at"`                       // Unix time, milliseconds; 0: not known
	UTCOffsetMin    *int        `json:"utc_offset_min,omitempty"` // the till's; nil: show no clock time
	Operation       Operation   `json:"operation"`
	Status          int         `json:"status"`
	Code            string      `json:"code"`
	Failure         Failure     `json:"failure,omitempty"`
	Sent            Sent        `json:"sent,omitempty"`
	Format          Method      `json:"format,omitempty"`
	TransactionType string      `json:"transaction_type,omitempty"`
	AutoCapture     *bool       `json:"auto_capture,omitempty"`
	Amount          string      `json:"amount,omitempty"`
	HasKey          bool        `json:"has_key,omitempty"`
	Key             Hash        `json:"key,omitempty"`
	Call            Hash        `json:"call,omitempty"`
	Authorization   Hash        `json:"authorization,omitempty"` // in the path or in the reply
	Capture         Hash        `json:"capture,omitempty"`
	Fields          []Field     `json:"fields,omitempty"`
	Found           []FoundFact `json:"found,omitzero"` // empty: looked and found none; absent: the POS did not say
	Result          Result      `json:"result,omitempty"`
	State           string      `json:"state,omitempty"`         // of a 2xx: StateEmpty, or the status word of an authorization's reply
	RetryAfterS     int         `json:"retry_after_s,omitempty"` // seconds
	Action          ActionID    `json:"action,omitempty"`
}

// StateEmpty marks a 2xx whose body is `{}`: good for some calls (page
// 2603516233 shows it for a refund) and where Policy.EmptyOK says so.
const StateEmpty = "empty"

// Retry says whether and when the same request may be sent again.
type Retry struct {
	Policy RetryPolicy `json:"policy"`
	Left   int         `json:"left"`    // tries left, when Policy is limited; checks left before the supervisor, when it is check_first
	AfterS int         `json:"after_s"` // seconds to wait, when Policy is later or check_first
	Until  int64       `json:"until"`   // Unix milliseconds before which it is of no use, 0 when not known
}

// Next is the call that the POS should make when an action is chosen.
type Next struct {
	Operation Operation `json:"operation"`
	Format    Method    `json:"format,omitempty"`
	Auto      bool      `json:"auto"`            // it need not wait for the cashier
	Input     bool      `json:"input,omitempty"` // something is asked for first; nothing is sent until the POS says so
}

// Action is one thing that the cashier can do now.
type Action struct {
	ID   ActionID `json:"id"`
	Next *Next    `json:"next,omitempty"`
}

// Matched says why this card: the rule, how it was found and the Flexiti page behind it.
type Matched struct {
	Rule   string `json:"rule"`   // operation/status/code; unknown/… where nothing is documented
	By     string `json:"by"`     // operation+status+code, operation+code, status+code, code, kind+status, class, no_reply, action
	Source string `json:"source"` // Flexiti's page, or "judgement"
}

// About names one payment of the sale.
type About struct {
	Operation Operation `json:"operation"`
	Amount    string    `json:"amount,omitempty"` // dollars; empty where not known
	Since     int64     `json:"since,omitempty"`  // Unix milliseconds
}

// Decision is what is to be done, without a word of English or French.
type Decision struct {
	Card      CardID    `json:"card"`
	Family    Family    `json:"family"`
	Banner    Banner    `json:"banner"`
	Money     Money     `json:"money"` // the worst that is true of the sale now
	MoneyKind MoneyKind `json:"money_kind"`
	About     *About    `json:"about,omitempty"` // the payment that Money comes from
	Rest      *About    `json:"rest,omitempty"`  // the payment that was refused beside one that was not: so much is not paid
	Retry     Retry     `json:"retry"`
	Owner     Owner     `json:"owner"`
	Privacy   Privacy   `json:"privacy"`
	Doubt     bool      `json:"doubt"` // money of this sale is in doubt
	Actions   []Action  `json:"actions"`
	Fields    []Field   `json:"fields"`
	Matched   Matched   `json:"matched"`
	Notice    Notice    `json:"notice,omitempty"`
}

// Notice is what the details must say beside the card.
type Notice string

// NoticeSaleReplaced: the sale that came in could not be read, and was
// replaced by one in doubt with the security question ruled out.
const NoticeSaleReplaced Notice = "sale_replaced"

// Prompt is a decision in words for one locale: what the screen shows.
type Prompt struct {
	Locale          Lang          `json:"locale"`
	Ref             string        `json:"ref"`
	Banner          string        `json:"banner"`
	Headline        string        `json:"headline"`
	Money           string        `json:"money"`
	Retry           string        `json:"retry"`
	Never           string        `json:"never"` // one whole sentence, or empty
	Actions         []PromptAct   `json:"actions"`
	Say             string        `json:"say"`
	IfAsked         string        `json:"if_asked"`
	Owner           string        `json:"owner"`
	Why             string        `json:"why"`
	Fields          []PromptField `json:"fields"`
	Contact         string        `json:"contact"` // the store's own text for the owner, or empty
	CustomerDisplay [2]string     `json:"customer_display"`
}

// PromptAct is an action in words, in the decision's order: the place is the key.
type PromptAct struct {
	Label string `json:"label"` // for a key or a button
	Text  string `json:"text"`  // the whole instruction
}

// PromptField is an input to correct, in spoken language.
type PromptField struct {
	Param   string `json:"param"`
	Label   string `json:"label"`
	Problem string `json:"problem"`
}

// Policy is the part of a merchant's settings that decides. The zero value is
// the default: codes by text and by email and the security question on offer,
// no override, no bypass, no split payment, doubts settled by the supervisor.
type Policy struct {
	Methods      []Method    `json:"methods,omitempty"` // verification methods on offer; empty: sms, email, security_question
	Override     bool        `json:"override,omitempty"`
	Bypass       bool        `json:"bypass,omitempty"`
	SplitPayment bool        `json:"split_payment,omitempty"`
	SettledBy    Owner       `json:"settled_by,omitempty"`   // supervisor (default) or cashier
	AutoCapture  *bool       `json:"auto_capture,omitempty"` // of authorizations whose request does not tell
	StatusHeld   []string    `json:"status_held,omitempty"`  // further words of an authorization's reply that mean held
	StatusTaken  []string    `json:"status_taken,omitempty"` // … and taken
	EmptyOK      []Operation `json:"empty_ok,omitempty"`     // calls to which `{}` is a good answer
	WaitS        int         `json:"wait_s,omitempty"`       // seconds before a payment under way may be checked: 0 means 60, at most 3600
	Limits       Limits      `json:"limits,omitzero"`
}

// Limits are how often something may be repeated within one sale. 0 means the default.
type Limits struct {
	Answers int `json:"answers,omitempty"` // wrong security answers before another method: 1 to 3, default 2
	Codes   int `json:"codes,omitempty"`   // wrong verification codes before another payment: 1 to 9, default 3
	Reads   int `json:"reads,omitempty"`   // repeats of a read that got no answer: 0 means 2, at most 9
	Checks  int `json:"checks,omitempty"`  // read-backs that settle nothing before the supervisor: 1 to 9, default 2
}

// Texts is the part of a merchant's settings that only renders.
type Texts struct {
	Store    string            `json:"store,omitempty"`    // the store's name
	Contacts map[Owner]Contact `json:"contacts,omitempty"` // whom to call, by owner: supervisor, store_it, flexiti, customer
}

// Contact is one contact in each language, at most 72 cells.
type Contact struct {
	English string `json:"en-CA,omitempty"`
	French  string `json:"fr-CA,omitempty"`
}

// Locale says in which languages and in which time zone to render.
type Locale struct {
	Cashier      Lang
	Customer     Lang // for what is said or shown to the customer; empty: as Cashier
	UTCOffsetMin *int // nil: no clock time is shown
}

// Record is what may be kept of an event: replay starts here.
type Record struct {
	V              int      `json:"v"`
	Ref            string   `json:"ref"`
	Facts          Facts    `json:"facts"`
	Locale         Lang     `json:"locale"`
	CustomerLocale Lang     `json:"customer_locale"`
	Before         Sale     `json:"before"`
	Policy         Policy   `json:"policy"`
	Decision       Decision `json:"decision"`
	Shown          string   `json:"shown"`     // CRC-32C, eight hex digits, of the prompt rendered without store texts
	Catalogue      string   `json:"catalogue"` // version of the catalogue that decided
}

// Answer is what the module returns for an event.
type Answer struct {
	V        int      `json:"v"`
	Prompt   Prompt   `json:"prompt"`
	Decision Decision `json:"decision"`
	Sale     Sale     `json:"sale"`
	Record   *Record  `json:"record,omitempty"` // absent when an event only renders again
}

// Error is how a bad event is answered. Detail names the field, never a value.
type Error struct {
	Kind   ErrorKind `json:"kind"`
	Detail string    `json:"detail"`
}

func (e *Error) Error() string { return string(e.Kind) + ": " + e.Detail }

// ErrorKind says what is wrong with an event, or with the module that should answer it.
type ErrorKind string

const (
	BadJSON          ErrorKind = "bad_json"
	BadEvent         ErrorKind = "bad_event"
	BadVersion       ErrorKind = "bad_version"
	BadFacts         ErrorKind = "bad_facts"
	BadPolicy        ErrorKind = "bad_policy"
	TooLarge         ErrorKind = "too_large"
	TooDeep          ErrorKind = "too_deep"
	ActionNotOffered ErrorKind = "action_not_offered"
	ModuleFailed     ErrorKind = "module_failed" // the host's: the module trapped or answered rubbish
	DeadlinePassed   ErrorKind = "deadline"      // the host's: no answer in time
	WrongModule      ErrorKind = "wrong_module"  // the host's: hash, imports, exports or ABI are not as expected
)

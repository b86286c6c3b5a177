package plugin

import "strings"

// settings are what tillwise_configure takes. Every mistake in them is told at
// once, a member that is not known among them.
type settings struct {
	policy Policy
	texts  Texts
}

func (c *codec) settings(s *settings) {
	c.kind, c.strict = BadPolicy, true
	for o := c.object(); c.more(&o); {
		nested(c, "policy", &s.policy, (*codec).policy)
		nested(c, "texts", &s.texts, (*codec).texts)
	}
	c.strict = false
}

func (c *codec) policy(p *Policy) {
	kind, strict := c.kind, c.strict
	c.kind, c.strict = BadPolicy, true
	for o := c.object(); c.more(&o); {
		optList(c, "methods", &p.Methods, len(offerable), (*codec).offerable)
		c.optFlag("override", &p.Override)
		c.optFlag("bypass", &p.Bypass)
		c.optFlag("split_payment", &p.SplitPayment)
		optWord(c, "settled_by", &p.SettledBy, settlers)
		c.maybeFlag("auto_capture", &p.AutoCapture)
		optList(c, "status_held", &p.StatusHeld, maxStatuses, (*codec).statusWord)
		optList(c, "status_taken", &p.StatusTaken, maxStatuses, (*codec).statusWord)
		optList(c, "empty_ok", &p.EmptyOK, len(callable), (*codec).emptyOK)
		optNum(c, "wait_s", &p.WaitS, 1, 3600)
		if c.due("limits", p.Limits == Limits{}) {
			nested(c, "limits", &p.Limits, (*codec).limits)
		}
	}
	if c.mode == reading && p.Methods != nil && len(p.Methods) == 0 {
		c.fail("methods", "must name a method (none at all would mean the default)")
	}
	c.kind, c.strict = kind, strict
}

func (c *codec) limits(l *Limits) {
	for o := c.object(); c.more(&o); {
		optNum(c, "answers", &l.Answers, 0, maxAnswers)
		optNum(c, "codes", &l.Codes, 0, maxLimit)
		optNum(c, "reads", &l.Reads, 0, maxLimit)
		optNum(c, "checks", &l.Checks, 0, maxLimit)
	}
}

func (c *codec) offerable(m *Method)   { word(c, "", m, offerable) }
func (c *codec) emptyOK(op *Operation) { word(c, "", op, callable) }

// statusWord is a word of a reply.
func (c *codec) statusWord(s *string) {
	if c.text("", s); c.mode == reading && (*s == "" || len(*s) > 24 || strings.Trim(*s, "abcdefghijklmnopqrstuvwxyz_") != "") {
		c.fail("", "must be words of 1 to 24 lower-case letters or underscores")
	}
}

func (c *codec) texts(t *Texts) {
	for o := c.object(); c.more(&o); {
		c.text("store", &t.Store)
		nested(c, "contacts", &t.Contacts, (*codec).contacts)
	}
	c.atMost("store", t.Store, maxContact)
}

// contacts are only ever read.
func (c *codec) contacts(contacts *map[Owner]Contact) {
	for o := c.object(); c.more(&o); {
		for _, owner := range [...]Owner{OwnerSupervisor, OwnerStoreIT, OwnerFlexiti, OwnerCustomer} {
			var one *Contact
			if maybe(c, string(owner), &one, (*codec).contact); one == nil {
				continue
			}
			if *contacts == nil {
				*contacts = map[Owner]Contact{}
			}
			(*contacts)[owner] = *one
		}
	}
}

func (c *codec) contact(t *Contact) {
	for o := c.object(); c.more(&o); {
		c.optText(string(English), &t.English)
		c.optText(string(French), &t.French)
	}
	c.atMost(string(English), t.English, maxContact)
	c.atMost(string(French), t.French, maxContact)
}

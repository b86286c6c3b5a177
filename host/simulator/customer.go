package simulator

import (
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// customer is an account and what has happened to it.
type customer struct {
	*Account
	used     int64               // cents of the credit: owed, held and spent
	codes    map[string]verified // by request_id
	last     string              // code that was sent or shown
	wrong    []time.Time         // security answers
	regular  []time.Time         // regular purchases
	payments []paid              // transactions
}

type paid struct {
	at    time.Time
	cents int64
}

// verified is the last code that was asked for under a request_id.
type verified struct {
	code   string
	method plugin.Method
}

// Everybody, by the three numbers that a customer has.
var byNumber, byCard, byCustomerID = index(accounts)

func index(all []Account) (byNumber, byCard, byCustomerID map[string]*Account) {
	byNumber, byCard, byCustomerID = map[string]*Account{}, map[string]*Account{}, map[string]*Account{}
	for i := range all {
		a := &all[i]
		byNumber[a.Number], byCustomerID[a.CustomerID] = a, a
		for _, card := range a.Cards {
			byCard[card.Number] = a
		}
	}
	return byNumber, byCard, byCustomerID
}

// customer gives an account's customer, or nil.
func (s *Simulator) customer(number string) *customer {
	if cu := s.people[number]; cu != nil {
		return cu
	}
	a := byNumber[number]
	if a == nil {
		return nil
	}
	return s.know(a)
}

func (s *Simulator) know(a *Account) *customer {
	if s.people == nil {
		s.people = map[string]*customer{}
	}
	cu := &customer{Account: a, used: a.Owed}
	s.people[a.Number] = cu
	return cu
}

// find gives the customer that a request names, by account, card or customer id
// (page 9371728), or nil. What names nobody counts, whatever stands beside it.
func (c *call) find(account, card, id string) *customer {
	var found *customer
	for _, by := range []struct {
		value string
		known map[string]*Account
	}{{account, nil}, {card, byCard}, {id, byCustomerID}} {
		number := by.value
		switch a := by.known[by.value]; {
		case by.value == "":
			continue
		case a != nil:
			number = a.Number
		case by.known != nil:
			number = c.appliedWith(by.value)
		}
		cu := c.customer(number)
		if cu == nil {
			return nil
		}
		if found == nil {
			found = cu
		}
	}
	return found
}

// appliedWith gives the account of somebody who was approved since the start, by
// another of their numbers.
func (s *Simulator) appliedWith(other string) string {
	for i := range s.applied {
		if a := &s.applied[i]; a.CustomerID == other || a.owns(other) {
			return a.Number
		}
	}
	return ""
}

// everybody is who was there at the start, and then who was approved since.
func (s *Simulator) everybody() iter.Seq[*Account] {
	return func(yield func(*Account) bool) {
		for _, all := range [][]Account{accounts, s.applied} {
			for i := range all {
				if !yield(&all[i]) {
					return
				}
			}
		}
	}
}

// is says whether the account is the person's, whatever the case of the letters.
func (a *Account) is(first, last, dob string) bool {
	return strings.EqualFold(a.FirstName, first) && strings.EqualFold(a.LastName, last) && a.DOB == dob
}

// owns says whether a card is one of the account's.
func (a *Account) owns(card string) bool {
	return slices.ContainsFunc(a.Cards, func(c Card) bool { return c.Number == card })
}

// normal says whether the account can buy: only status N with reason NNOR can (page 209780774).
func (a *Account) normal() bool { return a.Status == "N" && a.Reason == "NNOR" }

// lookup shows one account (pages 15925414 and 9371728).
func (c *call) lookup() reply {
	cu := c.find(c.ask("account_number"), c.ask("vcc_number"), c.ask("customer_id"))
	switch {
	case cu == nil:
		return c.notFound()
	case cu.Inactive:
		return c.conflict("user_not_active")
	case !cu.normal():
		return c.conflict("user_not_able_to_purchase")
	case !cu.Prime() && !c.merchant.nonPrime:
		return c.conflict("merchant_not_support_nonprime_regularpurchase")
	}
	return good(lookedUp{
		Account: cu.Number, CustomerID: cu.CustomerID, Type: cu.Type, Available: Dollars(cu.available()), Question: question{"1", cu.Question},
		Address: "1 Synthetic Street", City: "Sampleville", Province: cu.Province, PostalCode: cu.PostalCode, Risk: cu.Risk,
		Offers: c.offerTypes(cu), Ending: cu.ending(), Language: cu.Language, Phone: cu.Phone,
	})
}

type lookedUp struct {
	Account    string      `json:"account_number"`
	CustomerID string      `json:"customer_id"`
	Type       string      `json:"account_type"`
	Available  string      `json:"available_credit"`
	Question   question    `json:"security_qid"`
	Address    string      `json:"address_1"`
	City       string      `json:"city"`
	Province   string      `json:"province"`
	PostalCode string      `json:"postal_code"`
	Protected  bool        `json:"payment_protection"`
	Risk       string      `json:"risk_rating"`
	Offers     []offerType `json:"offer_types"`
	Ending     string      `json:"card_ending_in"`
	Language   string      `json:"preferred_language"`
	Phone      string      `json:"phone_number"`
}

type question struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

func (cu *customer) available() int64 { return cu.Limit - cu.used }

func (a *Account) ending() string { return a.Cards[0].Number[12:] }

// search lists a person's accounts (page 9371728). An inactive or frozen one is
// listed, and refused at lookup (judgement). Nobody found is 404 (page 308248579).
func (c *call) search() reply {
	first, last, dob := c.ask("first_name"), c.ask("last_name"), c.ask("dob")
	for _, needed := range [][2]string{{"first_name", first}, {"last_name", last}, {"dob", dob}} {
		if needed[1] == "" {
			return c.wrong(needed[0], "required", "")
		}
	}
	var list []object
	for a := range c.everybody() {
		if !a.is(first, last, dob) || c.ask("postal_code") != "" && !strings.EqualFold(a.PostalCode, c.ask("postal_code")) {
			continue
		}
		cu := c.customer(a.Number)
		list = append(list, object{
			"customer_id": cu.CustomerID, "account_status": cu.Status, "account_status_reason_code": cu.Reason, "tos_agreement": true,
			"risk_rating": cu.Risk, "account_number": cu.Number, "customer_account_type": cu.Type, "credit_limit": Dollars(cu.Limit),
			"available_credit": Dollars(cu.available()), "first_name": cu.FirstName, "last_name": cu.LastName,
			"card_ending_in": cu.ending(), "preferred_language": cu.Language,
		})
	}
	if list == nil {
		return c.notFound()
	}
	return good(list)
}

// payer gives the customer that a payment names, or why nobody can pay by it.
func (c *call) payer() (*customer, reply) {
	cu := c.find(string(c.in.Account), string(c.in.Card), string(c.in.Customer))
	if cu == nil {
		return nil, c.notFound()
	}
	return cu, c.refusedAccount(cu)
}

// refusedAccount says why an account may not be used for a payment at this
// merchant, if so: the card must be the account's, the store known, the kind of
// account one that the merchant takes (page 1227260149).
func (c *call) refusedAccount(cu *customer) reply {
	switch card := string(c.in.Card); {
	case card != "" && byCard[card] == nil && c.appliedWith(card) == "":
		return c.notFound()
	case card != "" && !cu.owns(card):
		return c.conflict("vcc_account_mismatch")
	case c.in.Location != "" && c.in.Location != Location:
		return c.conflict("external_location_id_not_found")
	case cu.Type == "business" && !c.merchant.business:
		return c.conflict("account_type_not_permitted")
	}
	return reply{}
}

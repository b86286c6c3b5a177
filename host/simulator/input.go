package simulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"
)

// input is what a request's body may hold. Pages differ in whether a value is a
// string or a number, so each may be either.
type input struct {
	Lang     scalar `json:"lang"`
	Account  scalar `json:"account_number"`
	Card     scalar `json:"vcc_number"`
	Customer scalar `json:"customer_id"`

	Format    scalar `json:"format"`
	Answer    scalar `json:"security_answer"`
	Word      scalar `json:"piw"`
	RequestID scalar `json:"request_id"`
	Code      scalar `json:"verification_code"`

	Amount      scalar `json:"amount"`
	Type        scalar `json:"transaction_type"`
	Reference   scalar `json:"reference"`
	AutoCapture scalar `json:"auto_capture"`
	FullReturn  scalar `json:"full_return"`
	Capture     scalar `json:"capture_id"`
	Location    scalar `json:"external_location_id"`
	Financing   struct {
		Type scalar `json:"transaction_type"`
		Plan scalar `json:"plan_id"`
		Term scalar `json:"term"`
	} `json:"financing_option"`

	Barcode    scalar `json:"code"` // of a driver's licence
	FirstName  scalar `json:"first_name"`
	MiddleName scalar `json:"middle_name"`
	LastName   scalar `json:"last_name"`
	DOB        scalar `json:"dob"`
	PostalCode scalar `json:"postal_code"`
	Province   scalar `json:"province"`
	Terms      scalar `json:"tos_agreement"`

	ClientID     scalar `json:"client_id"`
	ClientSecret scalar `json:"client_secret"`
	GrantType    scalar `json:"grant_type"`
	RefreshToken scalar `json:"refresh_token"`
	Scope        scalar `json:"scope"`
	Username     scalar `json:"merchant_username"`
	Password     scalar `json:"merchant_password"`
}

// scalar is a string, a number or a truth value, as text.
type scalar string

func (s *scalar) UnmarshalJSON(b []byte) error {
	switch b[0] {
	case '"':
		var text string
		err := json.Unmarshal(b, &text)
		*s = scalar(strings.TrimSpace(text))
		return err
	case '{', '[':
		return errors.New("neither text nor number")
	case 'n':
		return nil
	}
	*s = scalar(b)
	return nil
}

func (s scalar) isTrue() bool { return s == "true" }

// read reads a body: JSON in all of the examples, and a form as the overview has
// it (page 42500680). It says whether it could.
func (in *input) read(r *request) bool {
	body := bytes.TrimSpace(r.body)
	if len(body) == 0 {
		return true
	}
	if body[0] != '{' {
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return false
		}
		flat := map[string]string{}
		for name := range form {
			flat[name] = form.Get(name)
		}
		if body, err = json.Marshal(flat); err != nil {
			return false
		}
	}
	return json.Unmarshal(body, in) == nil
}

// cents reads an amount: dollars with at most two decimals, more than nothing
// (number(18,2), page 9601087; ours are below ten million).
func (s scalar) cents() (int64, bool) {
	whole, part, _ := strings.Cut(string(s), ".")
	if len(part) > 2 || len(whole) > 7 {
		return 0, false
	}
	n, err := strconv.ParseUint(whole+(part + "00")[:2], 10, 63)
	return int64(n), err == nil && n > 0 && whole != ""
}

// Dollars writes cents as an amount of the API: "1249.00".
func Dollars(cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	part := strconv.FormatInt(cents%100+100, 10)
	return sign + strconv.FormatInt(cents/100, 10) + "." + part[1:]
}

package simulator

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

const (
	tokenLife = 20 * time.Minute // page 149815337
	maxTokens = 1024             // before expired ones are cleared away
)

// token is a sign-in. A customer's may make the calls of page 9404505 alone.
type token struct {
	access   string
	merchant *merchant
	customer bool
	expires  time.Time
}

// token signs in, or refreshes a sign-in. A token cannot be refreshed after it
// has expired (page 9404505; older pages say the contrary). Page 149815337 sends
// the access token to refresh with, page 9404505 the refresh token: both will do.
// Judgement: the old token stays good until it expires.
func (c *call) token() reply {
	switch c.in.GrantType {
	case "client_credentials", "client_credential": // as page 149815337 spells it
		m := merchantOf(string(c.in.ClientID))
		if m == nil || c.in.ClientSecret != Secret {
			return c.refuse(http.StatusBadRequest, "invalid_client")
		}
		return c.issue(m, c.in.Scope == "customer")
	case "refresh_token":
		t := c.tokens[string(c.in.RefreshToken)]
		if t == nil || !c.now.Before(t.expires) {
			return c.refuse(http.StatusUnauthorized, "invalid_token")
		}
		return c.issue(t.merchant, t.customer)
	}
	return c.refuse(http.StatusBadRequest, "invalid_request")
}

func (c *call) issue(m *merchant, customer bool) reply {
	if len(c.tokens) > maxTokens {
		for name, t := range c.tokens {
			if !c.now.Before(t.expires) {
				delete(c.tokens, name)
			}
		}
	}
	access, refresh := c.hex40(), c.hex40()
	t := &token{access, m, customer, c.now.Add(tokenLife)}
	if c.tokens == nil {
		c.tokens = map[string]*token{}
	}
	c.tokens[access], c.tokens[refresh] = t, t
	return good(object{"token_type": "bearer", "access_token": access, "expires_in": int(tokenLife / time.Second), "refresh_token": refresh})
}

func (s *Simulator) hex40() string {
	return fmt.Sprintf("%016x%016x%08x", s.dice.next(), s.dice.next(), uint32(s.dice.next()))
}

// enter says why a call may not be made at all, if so: without a token 401, as the
// client in the path with another's token 401 too (judgement), without rights
// invalid_role (page 1180958812), with too narrow a scope 403 (page 308248579).
func (c *call) enter(customers bool) reply {
	bearer, ok := strings.CutPrefix(c.header.Get("Authorization"), "Bearer ")
	if !ok {
		return c.refuse(http.StatusUnauthorized, "Unauthorized")
	}
	t := c.tokens[bearer]
	switch {
	case t == nil, t.access != bearer, !c.now.Before(t.expires):
		return c.refuse(http.StatusUnauthorized, "invalid_token")
	case t.merchant.ClientID != c.client:
		return c.refuse(http.StatusUnauthorized, "Unauthorized")
	case t.merchant.norole:
		return c.conflict("invalid_role")
	case t.customer && !customers:
		return c.refuse(http.StatusForbidden, "Insufficient scope: authorized scope is insufficient")
	}
	c.merchant = t.merchant
	return reply{}
}

// login is the deprecated sign-in, which gave option lists (page 10092657).
func (c *call) login() reply {
	m := merchantOf(string(c.in.Username))
	if m == nil || c.in.Password != Secret {
		return c.conflict("authentication_failure")
	}
	return good(object{"merchant_name": m.ClientID, "merchant_id": m.ClientID, "form_values": formValues()})
}

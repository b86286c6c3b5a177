package flexiti

import (
	"net/url"

	"github.com/tillwise/tillwise/plugin"
)

// rare are the calls that an ordinary sale has no use for: their path, and their
// body where they have one. Pages 9404505, 9371728, 2235695131 and 9601087.
func rare(op plugin.Operation, s *Sale) (path string, body map[string]any, ok bool) {
	none := map[string]any{}
	switch op {
	case plugin.OpMerchantsLogin:
		return "merchants/login", none, true
	case plugin.OpI18n:
		return "i18n", nil, true
	case plugin.OpDriversLicense:
		return "customers/driverslicense", map[string]any{"code": s.Secret}, true
	case plugin.OpWidgetInit:
		return "widget/init", map[string]any{"flow": "purchase", "customer_identification": map[string]any{"account_number": s.Account}}, true
	case plugin.OpClose:
		return "accounts/" + url.PathEscape(s.Account) + "/close", none, true
	case plugin.OpRelease:
		return "authorization/" + s.Authorization + "/release", none, true
	case plugin.OpUnknown:
		return "basket", none, true
	case plugin.OpUnknownRead:
		return "basket", nil, true
	}
	return "", nil, false
}

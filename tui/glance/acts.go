package glance

import "github.com/tillwise/tillwise/plugin"

// act is what a card's action comes to, as a cashier would say it: what comes
// then, and what the customer is told. Where more than one answer is a fair name
// for the same thing, all are right.
type act struct{ then, say []string }

func names(s ...string) []string { return s }

// acts has every action of the contract; a test holds it to that.
var acts = map[plugin.ActionID]act{
	plugin.ActTryAgain:            {names("till-sends", "wait"), names("wait")},
	plugin.ActEnterAgain:          {names("type"), names("type", "wait")},
	plugin.ActAskAgain:            {names("type"), names("type")},
	plugin.ActSendCodeSMS:         {names("till-sends", "type", "wait"), names("wait", "type", "choose")},
	plugin.ActSendCodeEmail:       {names("till-sends", "type", "wait"), names("wait", "type", "choose")},
	plugin.ActAskSecurityQuestion: {names("type"), names("type", "choose")},
	plugin.ActEnterPIW:            {names("type"), names("type")},
	plugin.ActUseOverride:         {names("type", "supervisor"), names("wait")},
	plugin.ActUseBypass:           {names("type"), names("wait")},
	plugin.ActRestartVerification: {names("till-sends", "type", "wait"), names("wait", "type", "choose")},
	plugin.ActChangeAmount:        {names("type"), names("choose", "type", "wait")},
	plugin.ActSplitPayment:        {names("type"), names("choose", "type")},
	plugin.ActChoosePlan:          {names("type"), names("choose")},
	plugin.ActCheckStatus:         {names("till-checks", "wait"), names("being-checked", "wait")},
	plugin.ActResendSame:          {names("till-sends", "wait"), names("being-checked", "wait")},
	plugin.ActSignInAgain:         {names("till-sends", "wait"), names("wait")},
	plugin.ActLookUpAgain:         {names("type", "till-checks"), names("wait", "type", "being-checked")},
	plugin.ActStartApplication:    {names("type"), names("choose", "type")},
	plugin.ActShowTerms:           {names("till-sends", "type", "wait"), names("type", "choose", "wait")},
	plugin.ActRefundInstead:       {names("type", "till-sends"), names("wait")},
	plugin.ActHoldSale:            {names("keep"), names("wait", "choose")},
	plugin.ActFinishSale:          {names("finish"), names("done")},
	plugin.ActOtherPayment:        {names("pay-another-way"), names("pay-another-way", "choose")},
	plugin.ActCallSupervisor:      {names("supervisor"), names("help-comes", "wait")},
	plugin.ActCallContact:         {names("it-help"), names("help-comes", "wait")},
	plugin.ActSettleTaken:         {names("confirm", "supervisor"), names("being-checked", "help-comes", "wait")},
	plugin.ActSettleHeld:          {names("confirm", "supervisor"), names("being-checked", "help-comes", "wait")},
	plugin.ActSettleNotTaken:      {names("confirm", "supervisor"), names("being-checked", "help-comes", "wait")},
	plugin.ActSettleRefunded:      {names("confirm", "supervisor"), names("being-checked", "help-comes", "wait")},
	plugin.ActSettleNotRefunded:   {names("confirm", "supervisor"), names("being-checked", "help-comes", "wait")},
	plugin.ActCancelSale:          {names("cancel"), names("done", "pay-another-way")},
	plugin.ActPayRest:             {names("pay-another-way"), names("pay-another-way", "choose")},
	plugin.ActCarryOn:             {names("carry-on"), names("done", "wait")},
	plugin.ActKeepWaiting:         {names("wait"), names("wait")},
}

// owners are the names of those who put things right.
var owners = map[plugin.Owner]string{
	plugin.OwnerCustomer: "customer", plugin.OwnerCashier: "you", plugin.OwnerSupervisor: "supervisor",
	plugin.OwnerStoreIT: "it", plugin.OwnerFlexiti: "flexiti", plugin.OwnerNobody: "itself",
}

// Generated from plugin/schema by `make types`; do not edit.

///One payment of the sale.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct About {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub amount: ::std::option::Option<::std::string::String>,
    pub operation: Payable,
    ///Unix time in milliseconds; 0: not known.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub since: ::std::option::Option<i64>,
}
///`Action`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Action {
    pub id: ActionId,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub next: ::std::option::Option<Next>,
}
///`ActionId`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ActionId {
    #[serde(rename = "try_again")]
    TryAgain,
    #[serde(rename = "enter_again")]
    EnterAgain,
    #[serde(rename = "ask_again")]
    AskAgain,
    #[serde(rename = "send_code_sms")]
    SendCodeSms,
    #[serde(rename = "send_code_email")]
    SendCodeEmail,
    #[serde(rename = "ask_security_question")]
    AskSecurityQuestion,
    #[serde(rename = "enter_piw")]
    EnterPiw,
    #[serde(rename = "use_override")]
    UseOverride,
    #[serde(rename = "use_bypass")]
    UseBypass,
    #[serde(rename = "restart_verification")]
    RestartVerification,
    #[serde(rename = "change_amount")]
    ChangeAmount,
    #[serde(rename = "split_payment")]
    SplitPayment,
    #[serde(rename = "choose_plan")]
    ChoosePlan,
    #[serde(rename = "check_status")]
    CheckStatus,
    #[serde(rename = "resend_same")]
    ResendSame,
    #[serde(rename = "sign_in_again")]
    SignInAgain,
    #[serde(rename = "look_up_again")]
    LookUpAgain,
    #[serde(rename = "start_application")]
    StartApplication,
    #[serde(rename = "show_terms")]
    ShowTerms,
    #[serde(rename = "refund_instead")]
    RefundInstead,
    #[serde(rename = "hold_sale")]
    HoldSale,
    #[serde(rename = "finish_sale")]
    FinishSale,
    #[serde(rename = "other_payment")]
    OtherPayment,
    #[serde(rename = "pay_rest")]
    PayRest,
    #[serde(rename = "call_supervisor")]
    CallSupervisor,
    #[serde(rename = "call_contact")]
    CallContact,
    #[serde(rename = "cancel_sale")]
    CancelSale,
    #[serde(rename = "settle_taken")]
    SettleTaken,
    #[serde(rename = "settle_held")]
    SettleHeld,
    #[serde(rename = "settle_not_taken")]
    SettleNotTaken,
    #[serde(rename = "settle_refunded")]
    SettleRefunded,
    #[serde(rename = "settle_not_refunded")]
    SettleNotRefunded,
    #[serde(rename = "carry_on")]
    CarryOn,
    #[serde(rename = "keep_waiting")]
    KeepWaiting,
}
impl ::std::fmt::Display for ActionId {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::TryAgain => f.write_str("try_again"),
            Self::EnterAgain => f.write_str("enter_again"),
            Self::AskAgain => f.write_str("ask_again"),
            Self::SendCodeSms => f.write_str("send_code_sms"),
            Self::SendCodeEmail => f.write_str("send_code_email"),
            Self::AskSecurityQuestion => f.write_str("ask_security_question"),
            Self::EnterPiw => f.write_str("enter_piw"),
            Self::UseOverride => f.write_str("use_override"),
            Self::UseBypass => f.write_str("use_bypass"),
            Self::RestartVerification => f.write_str("restart_verification"),
            Self::ChangeAmount => f.write_str("change_amount"),
            Self::SplitPayment => f.write_str("split_payment"),
            Self::ChoosePlan => f.write_str("choose_plan"),
            Self::CheckStatus => f.write_str("check_status"),
            Self::ResendSame => f.write_str("resend_same"),
            Self::SignInAgain => f.write_str("sign_in_again"),
            Self::LookUpAgain => f.write_str("look_up_again"),
            Self::StartApplication => f.write_str("start_application"),
            Self::ShowTerms => f.write_str("show_terms"),
            Self::RefundInstead => f.write_str("refund_instead"),
            Self::HoldSale => f.write_str("hold_sale"),
            Self::FinishSale => f.write_str("finish_sale"),
            Self::OtherPayment => f.write_str("other_payment"),
            Self::PayRest => f.write_str("pay_rest"),
            Self::CallSupervisor => f.write_str("call_supervisor"),
            Self::CallContact => f.write_str("call_contact"),
            Self::CancelSale => f.write_str("cancel_sale"),
            Self::SettleTaken => f.write_str("settle_taken"),
            Self::SettleHeld => f.write_str("settle_held"),
            Self::SettleNotTaken => f.write_str("settle_not_taken"),
            Self::SettleRefunded => f.write_str("settle_refunded"),
            Self::SettleNotRefunded => f.write_str("settle_not_refunded"),
            Self::CarryOn => f.write_str("carry_on"),
            Self::KeepWaiting => f.write_str("keep_waiting"),
        }
    }
}
impl ::std::str::FromStr for ActionId {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "try_again" => Ok(Self::TryAgain),
            "enter_again" => Ok(Self::EnterAgain),
            "ask_again" => Ok(Self::AskAgain),
            "send_code_sms" => Ok(Self::SendCodeSms),
            "send_code_email" => Ok(Self::SendCodeEmail),
            "ask_security_question" => Ok(Self::AskSecurityQuestion),
            "enter_piw" => Ok(Self::EnterPiw),
            "use_override" => Ok(Self::UseOverride),
            "use_bypass" => Ok(Self::UseBypass),
            "restart_verification" => Ok(Self::RestartVerification),
            "change_amount" => Ok(Self::ChangeAmount),
            "split_payment" => Ok(Self::SplitPayment),
            "choose_plan" => Ok(Self::ChoosePlan),
            "check_status" => Ok(Self::CheckStatus),
            "resend_same" => Ok(Self::ResendSame),
            "sign_in_again" => Ok(Self::SignInAgain),
            "look_up_again" => Ok(Self::LookUpAgain),
            "start_application" => Ok(Self::StartApplication),
            "show_terms" => Ok(Self::ShowTerms),
            "refund_instead" => Ok(Self::RefundInstead),
            "hold_sale" => Ok(Self::HoldSale),
            "finish_sale" => Ok(Self::FinishSale),
            "other_payment" => Ok(Self::OtherPayment),
            "pay_rest" => Ok(Self::PayRest),
            "call_supervisor" => Ok(Self::CallSupervisor),
            "call_contact" => Ok(Self::CallContact),
            "cancel_sale" => Ok(Self::CancelSale),
            "settle_taken" => Ok(Self::SettleTaken),
            "settle_held" => Ok(Self::SettleHeld),
            "settle_not_taken" => Ok(Self::SettleNotTaken),
            "settle_refunded" => Ok(Self::SettleRefunded),
            "settle_not_refunded" => Ok(Self::SettleNotRefunded),
            "carry_on" => Ok(Self::CarryOn),
            "keep_waiting" => Ok(Self::KeepWaiting),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for ActionId {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for ActionId {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///`ActionWords`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct ActionWords {
    pub label: ::std::string::String,
    pub text: ::std::string::String,
}
///`ApplicationResult`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ApplicationResult {
    #[serde(rename = "approved")]
    Approved,
    #[serde(rename = "pending")]
    Pending,
    #[serde(rename = "declined")]
    Declined,
}
impl ::std::fmt::Display for ApplicationResult {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Approved => f.write_str("approved"),
            Self::Pending => f.write_str("pending"),
            Self::Declined => f.write_str("declined"),
        }
    }
}
impl ::std::str::FromStr for ApplicationResult {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "approved" => Ok(Self::Approved),
            "pending" => Ok(Self::Pending),
            "declined" => Ok(Self::Declined),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for ApplicationResult {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for ApplicationResult {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///`Banner`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Banner {
    #[serde(rename = "done")]
    Done,
    #[serde(rename = "once_more")]
    OnceMore,
    #[serde(rename = "correct_it")]
    CorrectIt,
    #[serde(rename = "another_way")]
    AnotherWay,
    #[serde(rename = "other_payment")]
    OtherPayment,
    #[serde(rename = "check_sale")]
    CheckSale,
    #[serde(rename = "supervisor")]
    Supervisor,
    #[serde(rename = "no_decision")]
    NoDecision,
    #[serde(rename = "wait_moment")]
    WaitMoment,
    #[serde(rename = "next_step")]
    NextStep,
    #[serde(rename = "not_today")]
    NotToday,
    #[serde(rename = "ask_input")]
    AskInput,
}
impl ::std::fmt::Display for Banner {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Done => f.write_str("done"),
            Self::OnceMore => f.write_str("once_more"),
            Self::CorrectIt => f.write_str("correct_it"),
            Self::AnotherWay => f.write_str("another_way"),
            Self::OtherPayment => f.write_str("other_payment"),
            Self::CheckSale => f.write_str("check_sale"),
            Self::Supervisor => f.write_str("supervisor"),
            Self::NoDecision => f.write_str("no_decision"),
            Self::WaitMoment => f.write_str("wait_moment"),
            Self::NextStep => f.write_str("next_step"),
            Self::NotToday => f.write_str("not_today"),
            Self::AskInput => f.write_str("ask_input"),
        }
    }
}
impl ::std::str::FromStr for Banner {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "done" => Ok(Self::Done),
            "once_more" => Ok(Self::OnceMore),
            "correct_it" => Ok(Self::CorrectIt),
            "another_way" => Ok(Self::AnotherWay),
            "other_payment" => Ok(Self::OtherPayment),
            "check_sale" => Ok(Self::CheckSale),
            "supervisor" => Ok(Self::Supervisor),
            "no_decision" => Ok(Self::NoDecision),
            "wait_moment" => Ok(Self::WaitMoment),
            "next_step" => Ok(Self::NextStep),
            "not_today" => Ok(Self::NotToday),
            "ask_input" => Ok(Self::AskInput),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Banner {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Banner {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///`Contact`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Contact {
    #[serde(rename = "en-CA", skip_serializing_if = "::std::option::Option::is_none")]
    pub en_ca: ::std::option::Option<::std::string::String>,
    #[serde(rename = "fr-CA", skip_serializing_if = "::std::option::Option::is_none")]
    pub fr_ca: ::std::option::Option<::std::string::String>,
}
///Whom to call, by owner.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Contacts {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub customer: ::std::option::Option<Contact>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub flexiti: ::std::option::Option<Contact>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub store_it: ::std::option::Option<Contact>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub supervisor: ::std::option::Option<Contact>,
}
///`Decision`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Decision {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub about: ::std::option::Option<About>,
    ///The first is the advice, the place is the key.
    pub actions: ::std::vec::Vec<Action>,
    pub banner: Banner,
    pub card: ::std::string::String,
    ///Money of this sale is in doubt.
    pub doubt: bool,
    pub family: Family,
    pub fields: ::std::vec::Vec<Field>,
    pub matched: Matched,
    pub money: Money,
    pub money_kind: MoneyKind,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub notice: ::std::option::Option<Notice>,
    pub owner: Owner,
    pub privacy: Privacy,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub rest: ::std::option::Option<About>,
    pub retry: Retry,
}
///`ErrorKind`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ErrorKind {
    #[serde(rename = "bad_json")]
    BadJson,
    #[serde(rename = "bad_event")]
    BadEvent,
    #[serde(rename = "bad_version")]
    BadVersion,
    #[serde(rename = "bad_facts")]
    BadFacts,
    #[serde(rename = "bad_policy")]
    BadPolicy,
    #[serde(rename = "too_large")]
    TooLarge,
    #[serde(rename = "too_deep")]
    TooDeep,
    #[serde(rename = "action_not_offered")]
    ActionNotOffered,
    #[serde(rename = "module_failed")]
    ModuleFailed,
    #[serde(rename = "deadline")]
    Deadline,
    #[serde(rename = "wrong_module")]
    WrongModule,
}
impl ::std::fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::BadJson => f.write_str("bad_json"),
            Self::BadEvent => f.write_str("bad_event"),
            Self::BadVersion => f.write_str("bad_version"),
            Self::BadFacts => f.write_str("bad_facts"),
            Self::BadPolicy => f.write_str("bad_policy"),
            Self::TooLarge => f.write_str("too_large"),
            Self::TooDeep => f.write_str("too_deep"),
            Self::ActionNotOffered => f.write_str("action_not_offered"),
            Self::ModuleFailed => f.write_str("module_failed"),
            Self::Deadline => f.write_str("deadline"),
            Self::WrongModule => f.write_str("wrong_module"),
        }
    }
}
impl ::std::str::FromStr for ErrorKind {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "bad_json" => Ok(Self::BadJson),
            "bad_event" => Ok(Self::BadEvent),
            "bad_version" => Ok(Self::BadVersion),
            "bad_facts" => Ok(Self::BadFacts),
            "bad_policy" => Ok(Self::BadPolicy),
            "too_large" => Ok(Self::TooLarge),
            "too_deep" => Ok(Self::TooDeep),
            "action_not_offered" => Ok(Self::ActionNotOffered),
            "module_failed" => Ok(Self::ModuleFailed),
            "deadline" => Ok(Self::Deadline),
            "wrong_module" => Ok(Self::WrongModule),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for ErrorKind {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for ErrorKind {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///What a POS hands the module. Unknown members are ignored; what the till's HTTP service takes beside these is in posted.json.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Event {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub action: ::std::option::Option<ActionId>,
    ///Unix time in milliseconds; 0: not known.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub at: ::std::option::Option<i64>,
    ///For what is said or shown to the customer; absent: as locale.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub customer_locale: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub decision: ::std::option::Option<Decision>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub exchange: ::std::option::Option<Exchange>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub facts: ::std::option::Option<Facts>,
    ///fr* is fr-CA, all else en-CA.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub locale: ::std::option::Option<::std::string::String>,
    ///Of the card: with a decision or with an action.
    #[serde(rename = "ref", skip_serializing_if = "::std::option::Option::is_none")]
    pub ref_: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub sale: ::std::option::Option<crate::Json>,
    ///The till's offset from UTC in minutes. Without it no clock time is shown.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub utc_offset_min: ::std::option::Option<i32>,
    #[serde(default = "defaults::default_u64::<u16, 1>")]
    pub v: u16,
}
impl ::std::default::Default for Event {
    fn default() -> Self {
        Self {
            action: Default::default(),
            at: Default::default(),
            customer_locale: Default::default(),
            decision: Default::default(),
            exchange: Default::default(),
            facts: Default::default(),
            locale: Default::default(),
            ref_: Default::default(),
            sale: Default::default(),
            utc_offset_min: Default::default(),
            v: defaults::default_u64::<u16, 1>(),
        }
    }
}
///One request that the POS sent to Flexiti, and the reply, or why there is none.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Exchange {
    ///The text of the reply's body.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub body: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub body_cut: ::std::option::Option<bool>,
    ///The POS's own name for the request: the same when it says pending, lost and answered.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub call: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub failure: ::std::option::Option<Failure>,
    ///What a read-back found of this sale, filtered by the POS's own reference. Empty: nothing. Absent: the POS did not say.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub found: ::std::option::Option<::std::vec::Vec<Found>>,
    ///Only Retry-After and Date are read.
    #[serde(default, skip_serializing_if = ":: std :: collections :: BTreeMap::is_empty")]
    pub headers: ::std::collections::BTreeMap<::std::string::String, ::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub method: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub operation: ::std::option::Option<Operation>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub request: ::std::option::Option<Request>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub result: ::std::option::Option<ApplicationResult>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub sent: ::std::option::Option<Sent>,
    ///HTTP status; 0 without a reply.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub status: ::std::option::Option<u16>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub url: ::std::option::Option<::std::string::String>,
}
///`Facts`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Facts {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub action: ::std::option::Option<ActionId>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub amount: ::std::option::Option<::std::string::String>,
    ///Unix time in milliseconds; 0: not known.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub at: ::std::option::Option<i64>,
    ///32 bits of a name or a number, enough to know it again; 0: there was none.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub authorization: ::std::option::Option<u32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub auto_capture: ::std::option::Option<bool>,
    ///32 bits of a name or a number, enough to know it again; 0: there was none.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub call: ::std::option::Option<u32>,
    ///32 bits of a name or a number, enough to know it again; 0: there was none.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub capture: ::std::option::Option<u32>,
    ///A documented code in its one spelling, a short plain name as it came, unreadable, or nothing.
    pub code: ::std::string::String,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub failure: ::std::option::Option<Failure>,
    #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
    pub fields: ::std::vec::Vec<Field>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub format: ::std::option::Option<Method>,
    ///What a read-back found. Empty: it looked and found none. Absent: the POS did not say.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub found: ::std::option::Option<::std::vec::Vec<FoundFact>>,
    ///Whether an idempotency key was sent.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub has_key: ::std::option::Option<bool>,
    ///32 bits of a name or a number, enough to know it again; 0: there was none.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub key: ::std::option::Option<u32>,
    pub operation: Operation,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub result: ::std::option::Option<ApplicationResult>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub retry_after_s: ::std::option::Option<u32>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub sent: ::std::option::Option<Sent>,
    ///Of a 2xx: empty, or the status word of an authorization's reply.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub state: ::std::option::Option<::std::string::String>,
    ///HTTP status; 0 without a reply.
    pub status: u16,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub transaction_type: ::std::option::Option<TransactionType>,
    ///The till's offset from UTC in minutes. Without it no clock time is shown.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub utc_offset_min: ::std::option::Option<i32>,
}
///`Failure`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Failure {
    #[serde(rename = "timeout")]
    Timeout,
    #[serde(rename = "refused")]
    Refused,
    #[serde(rename = "reset")]
    Reset,
    #[serde(rename = "dns")]
    Dns,
    #[serde(rename = "tls")]
    Tls,
    #[serde(rename = "cancelled")]
    Cancelled,
    #[serde(rename = "pending")]
    Pending,
}
impl ::std::fmt::Display for Failure {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Timeout => f.write_str("timeout"),
            Self::Refused => f.write_str("refused"),
            Self::Reset => f.write_str("reset"),
            Self::Dns => f.write_str("dns"),
            Self::Tls => f.write_str("tls"),
            Self::Cancelled => f.write_str("cancelled"),
            Self::Pending => f.write_str("pending"),
        }
    }
}
impl ::std::str::FromStr for Failure {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "timeout" => Ok(Self::Timeout),
            "refused" => Ok(Self::Refused),
            "reset" => Ok(Self::Reset),
            "dns" => Ok(Self::Dns),
            "tls" => Ok(Self::Tls),
            "cancelled" => Ok(Self::Cancelled),
            "pending" => Ok(Self::Pending),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Failure {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Failure {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///`Family`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Family {
    #[serde(rename = "approved")]
    Approved,
    #[serde(rename = "fix")]
    Fix,
    #[serde(rename = "wait")]
    Wait,
    #[serde(rename = "stop")]
    Stop,
    #[serde(rename = "check")]
    Check,
    #[serde(rename = "help")]
    Help,
}
impl ::std::fmt::Display for Family {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Approved => f.write_str("approved"),
            Self::Fix => f.write_str("fix"),
            Self::Wait => f.write_str("wait"),
            Self::Stop => f.write_str("stop"),
            Self::Check => f.write_str("check"),
            Self::Help => f.write_str("help"),
        }
    }
}
impl ::std::str::FromStr for Family {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "approved" => Ok(Self::Approved),
            "fix" => Ok(Self::Fix),
            "wait" => Ok(Self::Wait),
            "stop" => Ok(Self::Stop),
            "check" => Ok(Self::Check),
            "help" => Ok(Self::Help),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Family {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Family {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///`Field`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Field {
    pub param: ::std::string::String,
    pub problem: Problem,
}
///`FieldWords`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct FieldWords {
    pub label: ::std::string::String,
    pub param: ::std::string::String,
    pub problem: ::std::string::String,
}
///`Found`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Found {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub amount: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    pub state: FoundState,
}
///`FoundFact`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct FoundFact {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub amount: ::std::option::Option<::std::string::String>,
    ///32 bits of a name or a number, enough to know it again; 0: there was none.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<u32>,
    pub state: FoundState,
}
///`FoundState`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum FoundState {
    #[serde(rename = "captured")]
    Captured,
    #[serde(rename = "held")]
    Held,
    #[serde(rename = "declined")]
    Declined,
    #[serde(rename = "ended")]
    Ended,
}
impl ::std::fmt::Display for FoundState {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Captured => f.write_str("captured"),
            Self::Held => f.write_str("held"),
            Self::Declined => f.write_str("declined"),
            Self::Ended => f.write_str("ended"),
        }
    }
}
impl ::std::str::FromStr for FoundState {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "captured" => Ok(Self::Captured),
            "held" => Ok(Self::Held),
            "declined" => Ok(Self::Declined),
            "ended" => Ok(Self::Ended),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for FoundState {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for FoundState {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///`Lang`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Lang {
    #[serde(rename = "en-CA")]
    EnCa,
    #[serde(rename = "fr-CA")]
    FrCa,
}
impl ::std::fmt::Display for Lang {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::EnCa => f.write_str("en-CA"),
            Self::FrCa => f.write_str("fr-CA"),
        }
    }
}
impl ::std::str::FromStr for Lang {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "en-CA" => Ok(Self::EnCa),
            "fr-CA" => Ok(Self::FrCa),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Lang {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Lang {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///0 or absent: the default.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Limits {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub answers: ::std::option::Option<u16>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub checks: ::std::option::Option<u16>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub codes: ::std::option::Option<u16>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub reads: ::std::option::Option<u16>,
}
///`Matched`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Matched {
    pub by: MatchedBy,
    ///operation/status/code; unknown/… where nothing is documented.
    pub rule: ::std::string::String,
    ///Flexiti's page, or judgement.
    pub source: ::std::string::String,
}
///`MatchedBy`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum MatchedBy {
    #[serde(rename = "operation+status+code")]
    OperationStatusCode,
    #[serde(rename = "operation+code")]
    OperationCode,
    #[serde(rename = "status+code")]
    StatusCode,
    #[serde(rename = "code")]
    Code,
    #[serde(rename = "kind+status")]
    KindStatus,
    #[serde(rename = "class")]
    Class,
    #[serde(rename = "no_reply")]
    NoReply,
    #[serde(rename = "action")]
    Action,
    #[serde(rename = "read_back")]
    ReadBack,
}
impl ::std::fmt::Display for MatchedBy {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::OperationStatusCode => f.write_str("operation+status+code"),
            Self::OperationCode => f.write_str("operation+code"),
            Self::StatusCode => f.write_str("status+code"),
            Self::Code => f.write_str("code"),
            Self::KindStatus => f.write_str("kind+status"),
            Self::Class => f.write_str("class"),
            Self::NoReply => f.write_str("no_reply"),
            Self::Action => f.write_str("action"),
            Self::ReadBack => f.write_str("read_back"),
        }
    }
}
impl ::std::str::FromStr for MatchedBy {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "operation+status+code" => Ok(Self::OperationStatusCode),
            "operation+code" => Ok(Self::OperationCode),
            "status+code" => Ok(Self::StatusCode),
            "code" => Ok(Self::Code),
            "kind+status" => Ok(Self::KindStatus),
            "class" => Ok(Self::Class),
            "no_reply" => Ok(Self::NoReply),
            "action" => Ok(Self::Action),
            "read_back" => Ok(Self::ReadBack),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for MatchedBy {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for MatchedBy {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///A way to verify who the customer is.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Method {
    #[serde(rename = "sms")]
    Sms,
    #[serde(rename = "email")]
    Email,
    #[serde(rename = "security_question")]
    SecurityQuestion,
    #[serde(rename = "piw")]
    Piw,
    #[serde(rename = "merchant_override")]
    MerchantOverride,
    #[serde(rename = "regular_purchase_bypass")]
    RegularPurchaseBypass,
}
impl ::std::fmt::Display for Method {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Sms => f.write_str("sms"),
            Self::Email => f.write_str("email"),
            Self::SecurityQuestion => f.write_str("security_question"),
            Self::Piw => f.write_str("piw"),
            Self::MerchantOverride => f.write_str("merchant_override"),
            Self::RegularPurchaseBypass => f.write_str("regular_purchase_bypass"),
        }
    }
}
impl ::std::str::FromStr for Method {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "sms" => Ok(Self::Sms),
            "email" => Ok(Self::Email),
            "security_question" => Ok(Self::SecurityQuestion),
            "piw" => Ok(Self::Piw),
            "merchant_override" => Ok(Self::MerchantOverride),
            "regular_purchase_bypass" => Ok(Self::RegularPurchaseBypass),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Method {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Method {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///What has become of the customer's money in this sale, the worst that is true of it.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Money {
    #[serde(rename = "none")]
    None,
    #[serde(rename = "not_moved")]
    NotMoved,
    #[serde(rename = "held")]
    Held,
    #[serde(rename = "moved")]
    Moved,
    #[serde(rename = "unknown")]
    Unknown,
}
impl ::std::fmt::Display for Money {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::None => f.write_str("none"),
            Self::NotMoved => f.write_str("not_moved"),
            Self::Held => f.write_str("held"),
            Self::Moved => f.write_str("moved"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}
impl ::std::str::FromStr for Money {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "none" => Ok(Self::None),
            "not_moved" => Ok(Self::NotMoved),
            "held" => Ok(Self::Held),
            "moved" => Ok(Self::Moved),
            "unknown" => Ok(Self::Unknown),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Money {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Money {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///`MoneyKind`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum MoneyKind {
    #[serde(rename = "purchase")]
    Purchase,
    #[serde(rename = "payment")]
    Payment,
    #[serde(rename = "refund")]
    Refund,
    #[serde(rename = "release")]
    Release,
}
impl ::std::fmt::Display for MoneyKind {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Purchase => f.write_str("purchase"),
            Self::Payment => f.write_str("payment"),
            Self::Refund => f.write_str("refund"),
            Self::Release => f.write_str("release"),
        }
    }
}
impl ::std::str::FromStr for MoneyKind {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "purchase" => Ok(Self::Purchase),
            "payment" => Ok(Self::Payment),
            "refund" => Ok(Self::Refund),
            "release" => Ok(Self::Release),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for MoneyKind {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for MoneyKind {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///The call that the POS should make when the action is chosen.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Next {
    ///It need not wait for the cashier.
    pub auto: bool,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub format: ::std::option::Option<Method>,
    ///Something is asked for first; nothing is sent until the POS says so.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub input: ::std::option::Option<bool>,
    pub operation: Operation,
}
///`Notice`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Notice {
    #[serde(rename = "sale_replaced")]
    SaleReplaced,
}
impl ::std::fmt::Display for Notice {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::SaleReplaced => f.write_str("sale_replaced"),
        }
    }
}
impl ::std::str::FromStr for Notice {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "sale_replaced" => Ok(Self::SaleReplaced),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Notice {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Notice {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///`OfferedMethod`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum OfferedMethod {
    #[serde(rename = "sms")]
    Sms,
    #[serde(rename = "email")]
    Email,
    #[serde(rename = "security_question")]
    SecurityQuestion,
    #[serde(rename = "piw")]
    Piw,
}
impl ::std::fmt::Display for OfferedMethod {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Sms => f.write_str("sms"),
            Self::Email => f.write_str("email"),
            Self::SecurityQuestion => f.write_str("security_question"),
            Self::Piw => f.write_str("piw"),
        }
    }
}
impl ::std::str::FromStr for OfferedMethod {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "sms" => Ok(Self::Sms),
            "email" => Ok(Self::Email),
            "security_question" => Ok(Self::SecurityQuestion),
            "piw" => Ok(Self::Piw),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for OfferedMethod {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for OfferedMethod {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///`Operation`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Operation {
    #[serde(rename = "token")]
    Token,
    #[serde(rename = "i18n")]
    I18n,
    #[serde(rename = "terms_and_conditions")]
    TermsAndConditions,
    #[serde(rename = "drivers_license")]
    DriversLicense,
    #[serde(rename = "search")]
    Search,
    #[serde(rename = "lookup")]
    Lookup,
    #[serde(rename = "verify")]
    Verify,
    #[serde(rename = "calculate_interest")]
    CalculateInterest,
    #[serde(rename = "close")]
    Close,
    #[serde(rename = "apply")]
    Apply,
    #[serde(rename = "transactions")]
    Transactions,
    #[serde(rename = "authorization")]
    Authorization,
    #[serde(rename = "release")]
    Release,
    #[serde(rename = "capture")]
    Capture,
    #[serde(rename = "return")]
    Return,
    #[serde(rename = "refund")]
    Refund,
    #[serde(rename = "authorizations")]
    Authorizations,
    #[serde(rename = "authorization_get")]
    AuthorizationGet,
    #[serde(rename = "captures")]
    Captures,
    #[serde(rename = "widget_init")]
    WidgetInit,
    #[serde(rename = "merchants_login")]
    MerchantsLogin,
    #[serde(rename = "unknown")]
    Unknown,
    #[serde(rename = "unknown_read")]
    UnknownRead,
}
impl ::std::fmt::Display for Operation {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Token => f.write_str("token"),
            Self::I18n => f.write_str("i18n"),
            Self::TermsAndConditions => f.write_str("terms_and_conditions"),
            Self::DriversLicense => f.write_str("drivers_license"),
            Self::Search => f.write_str("search"),
            Self::Lookup => f.write_str("lookup"),
            Self::Verify => f.write_str("verify"),
            Self::CalculateInterest => f.write_str("calculate_interest"),
            Self::Close => f.write_str("close"),
            Self::Apply => f.write_str("apply"),
            Self::Transactions => f.write_str("transactions"),
            Self::Authorization => f.write_str("authorization"),
            Self::Release => f.write_str("release"),
            Self::Capture => f.write_str("capture"),
            Self::Return => f.write_str("return"),
            Self::Refund => f.write_str("refund"),
            Self::Authorizations => f.write_str("authorizations"),
            Self::AuthorizationGet => f.write_str("authorization_get"),
            Self::Captures => f.write_str("captures"),
            Self::WidgetInit => f.write_str("widget_init"),
            Self::MerchantsLogin => f.write_str("merchants_login"),
            Self::Unknown => f.write_str("unknown"),
            Self::UnknownRead => f.write_str("unknown_read"),
        }
    }
}
impl ::std::str::FromStr for Operation {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "token" => Ok(Self::Token),
            "i18n" => Ok(Self::I18n),
            "terms_and_conditions" => Ok(Self::TermsAndConditions),
            "drivers_license" => Ok(Self::DriversLicense),
            "search" => Ok(Self::Search),
            "lookup" => Ok(Self::Lookup),
            "verify" => Ok(Self::Verify),
            "calculate_interest" => Ok(Self::CalculateInterest),
            "close" => Ok(Self::Close),
            "apply" => Ok(Self::Apply),
            "transactions" => Ok(Self::Transactions),
            "authorization" => Ok(Self::Authorization),
            "release" => Ok(Self::Release),
            "capture" => Ok(Self::Capture),
            "return" => Ok(Self::Return),
            "refund" => Ok(Self::Refund),
            "authorizations" => Ok(Self::Authorizations),
            "authorization_get" => Ok(Self::AuthorizationGet),
            "captures" => Ok(Self::Captures),
            "widget_init" => Ok(Self::WidgetInit),
            "merchants_login" => Ok(Self::MerchantsLogin),
            "unknown" => Ok(Self::Unknown),
            "unknown_read" => Ok(Self::UnknownRead),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Operation {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Operation {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///`Owner`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Owner {
    #[serde(rename = "customer")]
    Customer,
    #[serde(rename = "cashier")]
    Cashier,
    #[serde(rename = "supervisor")]
    Supervisor,
    #[serde(rename = "store_it")]
    StoreIt,
    #[serde(rename = "flexiti")]
    Flexiti,
    #[serde(rename = "nobody")]
    Nobody,
}
impl ::std::fmt::Display for Owner {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Customer => f.write_str("customer"),
            Self::Cashier => f.write_str("cashier"),
            Self::Supervisor => f.write_str("supervisor"),
            Self::StoreIt => f.write_str("store_it"),
            Self::Flexiti => f.write_str("flexiti"),
            Self::Nobody => f.write_str("nobody"),
        }
    }
}
impl ::std::str::FromStr for Owner {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "customer" => Ok(Self::Customer),
            "cashier" => Ok(Self::Cashier),
            "supervisor" => Ok(Self::Supervisor),
            "store_it" => Ok(Self::StoreIt),
            "flexiti" => Ok(Self::Flexiti),
            "nobody" => Ok(Self::Nobody),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Owner {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Owner {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///An operation, or several.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Payable {
    #[serde(rename = "token")]
    Token,
    #[serde(rename = "i18n")]
    I18n,
    #[serde(rename = "terms_and_conditions")]
    TermsAndConditions,
    #[serde(rename = "drivers_license")]
    DriversLicense,
    #[serde(rename = "search")]
    Search,
    #[serde(rename = "lookup")]
    Lookup,
    #[serde(rename = "verify")]
    Verify,
    #[serde(rename = "calculate_interest")]
    CalculateInterest,
    #[serde(rename = "close")]
    Close,
    #[serde(rename = "apply")]
    Apply,
    #[serde(rename = "transactions")]
    Transactions,
    #[serde(rename = "authorization")]
    Authorization,
    #[serde(rename = "release")]
    Release,
    #[serde(rename = "capture")]
    Capture,
    #[serde(rename = "return")]
    Return,
    #[serde(rename = "refund")]
    Refund,
    #[serde(rename = "authorizations")]
    Authorizations,
    #[serde(rename = "authorization_get")]
    AuthorizationGet,
    #[serde(rename = "captures")]
    Captures,
    #[serde(rename = "widget_init")]
    WidgetInit,
    #[serde(rename = "merchants_login")]
    MerchantsLogin,
    #[serde(rename = "unknown")]
    Unknown,
    #[serde(rename = "unknown_read")]
    UnknownRead,
    #[serde(rename = "several")]
    Several,
}
impl ::std::fmt::Display for Payable {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Token => f.write_str("token"),
            Self::I18n => f.write_str("i18n"),
            Self::TermsAndConditions => f.write_str("terms_and_conditions"),
            Self::DriversLicense => f.write_str("drivers_license"),
            Self::Search => f.write_str("search"),
            Self::Lookup => f.write_str("lookup"),
            Self::Verify => f.write_str("verify"),
            Self::CalculateInterest => f.write_str("calculate_interest"),
            Self::Close => f.write_str("close"),
            Self::Apply => f.write_str("apply"),
            Self::Transactions => f.write_str("transactions"),
            Self::Authorization => f.write_str("authorization"),
            Self::Release => f.write_str("release"),
            Self::Capture => f.write_str("capture"),
            Self::Return => f.write_str("return"),
            Self::Refund => f.write_str("refund"),
            Self::Authorizations => f.write_str("authorizations"),
            Self::AuthorizationGet => f.write_str("authorization_get"),
            Self::Captures => f.write_str("captures"),
            Self::WidgetInit => f.write_str("widget_init"),
            Self::MerchantsLogin => f.write_str("merchants_login"),
            Self::Unknown => f.write_str("unknown"),
            Self::UnknownRead => f.write_str("unknown_read"),
            Self::Several => f.write_str("several"),
        }
    }
}
impl ::std::str::FromStr for Payable {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "token" => Ok(Self::Token),
            "i18n" => Ok(Self::I18n),
            "terms_and_conditions" => Ok(Self::TermsAndConditions),
            "drivers_license" => Ok(Self::DriversLicense),
            "search" => Ok(Self::Search),
            "lookup" => Ok(Self::Lookup),
            "verify" => Ok(Self::Verify),
            "calculate_interest" => Ok(Self::CalculateInterest),
            "close" => Ok(Self::Close),
            "apply" => Ok(Self::Apply),
            "transactions" => Ok(Self::Transactions),
            "authorization" => Ok(Self::Authorization),
            "release" => Ok(Self::Release),
            "capture" => Ok(Self::Capture),
            "return" => Ok(Self::Return),
            "refund" => Ok(Self::Refund),
            "authorizations" => Ok(Self::Authorizations),
            "authorization_get" => Ok(Self::AuthorizationGet),
            "captures" => Ok(Self::Captures),
            "widget_init" => Ok(Self::WidgetInit),
            "merchants_login" => Ok(Self::MerchantsLogin),
            "unknown" => Ok(Self::Unknown),
            "unknown_read" => Ok(Self::UnknownRead),
            "several" => Ok(Self::Several),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Payable {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Payable {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///The part of a store's settings that decides.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Policy {
    ///Of authorizations whose request does not tell.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub auto_capture: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub bypass: ::std::option::Option<bool>,
    ///Calls to which {} is a good answer.
    #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
    pub empty_ok: ::std::vec::Vec<Operation>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub limits: ::std::option::Option<Limits>,
    ///Verification methods on offer; absent: sms, email, security_question.
    #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
    pub methods: ::std::vec::Vec<OfferedMethod>,
    #[serde(rename = "override", skip_serializing_if = "::std::option::Option::is_none")]
    pub override_: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub settled_by: ::std::option::Option<SettledBy>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub split_payment: ::std::option::Option<bool>,
    ///Further words of an authorization's reply that mean held.
    #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
    pub status_held: ::std::vec::Vec<::std::string::String>,
    ///Further words of an authorization's reply that mean taken.
    #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
    pub status_taken: ::std::vec::Vec<::std::string::String>,
    ///Seconds before a payment under way may be checked; absent: 60.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub wait_s: ::std::option::Option<u16>,
}
///`Privacy`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Privacy {
    #[serde(rename = "public")]
    Public,
    #[serde(rename = "discreet")]
    Discreet,
}
impl ::std::fmt::Display for Privacy {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Public => f.write_str("public"),
            Self::Discreet => f.write_str("discreet"),
        }
    }
}
impl ::std::str::FromStr for Privacy {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "public" => Ok(Self::Public),
            "discreet" => Ok(Self::Discreet),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Privacy {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Privacy {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///`Problem`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Problem {
    #[serde(rename = "required")]
    Required,
    #[serde(rename = "format")]
    Format,
    #[serde(rename = "length")]
    Length,
    #[serde(rename = "invalid")]
    Invalid,
    #[serde(rename = "other")]
    Other,
}
impl ::std::fmt::Display for Problem {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Required => f.write_str("required"),
            Self::Format => f.write_str("format"),
            Self::Length => f.write_str("length"),
            Self::Invalid => f.write_str("invalid"),
            Self::Other => f.write_str("other"),
        }
    }
}
impl ::std::str::FromStr for Problem {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "required" => Ok(Self::Required),
            "format" => Ok(Self::Format),
            "length" => Ok(Self::Length),
            "invalid" => Ok(Self::Invalid),
            "other" => Ok(Self::Other),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Problem {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Problem {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///Words only; actions stand in the decision's order.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Prompt {
    pub actions: ::std::vec::Vec<ActionWords>,
    pub banner: ::std::string::String,
    ///The store's own text for the owner, or empty.
    pub contact: ::std::string::String,
    pub customer_display: [::std::string::String; 2usize],
    pub fields: ::std::vec::Vec<FieldWords>,
    pub headline: ::std::string::String,
    pub if_asked: ::std::string::String,
    pub locale: Lang,
    pub money: ::std::string::String,
    ///One whole sentence, or empty.
    pub never: ::std::string::String,
    pub owner: ::std::string::String,
    ///Empty when a decision without its ref is rendered again.
    #[serde(rename = "ref")]
    pub ref_: ::std::string::String,
    pub retry: ::std::string::String,
    pub say: ::std::string::String,
    pub why: ::std::string::String,
}
///`Request`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Request {
    ///Dollars: "1249.00".
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub amount: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub auto_capture: ::std::option::Option<bool>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub format: ::std::option::Option<::std::string::String>,
    ///The key, which is kept as a hash only; "true": one was sent, and is not told.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub idempotency_key: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub transaction_type: ::std::option::Option<::std::string::String>,
}
///`Retry`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Retry {
    ///Seconds to wait.
    pub after_s: u32,
    ///Tries left, when the policy is limited; checks left before the supervisor, when it is check_first.
    pub left: u16,
    pub policy: RetryPolicy,
    ///Unix milliseconds before which it is of no use; 0: not known.
    pub until: i64,
}
///`RetryPolicy`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum RetryPolicy {
    #[serde(rename = "now")]
    Now,
    #[serde(rename = "after_fix")]
    AfterFix,
    #[serde(rename = "limited")]
    Limited,
    #[serde(rename = "later")]
    Later,
    #[serde(rename = "same_key")]
    SameKey,
    #[serde(rename = "check_first")]
    CheckFirst,
    #[serde(rename = "never")]
    Never,
}
impl ::std::fmt::Display for RetryPolicy {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Now => f.write_str("now"),
            Self::AfterFix => f.write_str("after_fix"),
            Self::Limited => f.write_str("limited"),
            Self::Later => f.write_str("later"),
            Self::SameKey => f.write_str("same_key"),
            Self::CheckFirst => f.write_str("check_first"),
            Self::Never => f.write_str("never"),
        }
    }
}
impl ::std::str::FromStr for RetryPolicy {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "now" => Ok(Self::Now),
            "after_fix" => Ok(Self::AfterFix),
            "limited" => Ok(Self::Limited),
            "later" => Ok(Self::Later),
            "same_key" => Ok(Self::SameKey),
            "check_first" => Ok(Self::CheckFirst),
            "never" => Ok(Self::Never),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for RetryPolicy {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for RetryPolicy {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///`Sent`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Sent {
    #[serde(rename = "yes")]
    Yes,
    #[serde(rename = "no")]
    No,
    #[serde(rename = "unknown")]
    Unknown,
}
impl ::std::fmt::Display for Sent {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Yes => f.write_str("yes"),
            Self::No => f.write_str("no"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}
impl ::std::str::FromStr for Sent {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "yes" => Ok(Self::Yes),
            "no" => Ok(Self::No),
            "unknown" => Ok(Self::Unknown),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for Sent {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for Sent {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///A store's settings, as tillwise_configure takes them. Members that are not known are mistakes.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Settings {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub policy: ::std::option::Option<Policy>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub texts: ::std::option::Option<Texts>,
}
///`SettledBy`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum SettledBy {
    #[serde(rename = "supervisor")]
    Supervisor,
    #[serde(rename = "cashier")]
    Cashier,
}
impl ::std::fmt::Display for SettledBy {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Supervisor => f.write_str("supervisor"),
            Self::Cashier => f.write_str("cashier"),
        }
    }
}
impl ::std::str::FromStr for SettledBy {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "supervisor" => Ok(Self::Supervisor),
            "cashier" => Ok(Self::Cashier),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for SettledBy {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for SettledBy {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///The part that only renders.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Texts {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub contacts: ::std::option::Option<Contacts>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub store: ::std::option::Option<::std::string::String>,
}
///`TransactionType`
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum TransactionType {
    #[serde(rename = "deposit")]
    Deposit,
    #[serde(rename = "instore_payment")]
    InstorePayment,
    #[serde(rename = "tradein")]
    Tradein,
    #[serde(rename = "promotional_purchase")]
    PromotionalPurchase,
    #[serde(rename = "regular_purchase")]
    RegularPurchase,
}
impl ::std::fmt::Display for TransactionType {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Deposit => f.write_str("deposit"),
            Self::InstorePayment => f.write_str("instore_payment"),
            Self::Tradein => f.write_str("tradein"),
            Self::PromotionalPurchase => f.write_str("promotional_purchase"),
            Self::RegularPurchase => f.write_str("regular_purchase"),
        }
    }
}
impl ::std::str::FromStr for TransactionType {
    type Err = self::error::ConversionError;
    fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "deposit" => Ok(Self::Deposit),
            "instore_payment" => Ok(Self::InstorePayment),
            "tradein" => Ok(Self::Tradein),
            "promotional_purchase" => Ok(Self::PromotionalPurchase),
            "regular_purchase" => Ok(Self::RegularPurchase),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for TransactionType {
    type Error = self::error::ConversionError;
    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for TransactionType {
    type Error = self::error::ConversionError;
    fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
/// Generation of default values for serde.
pub mod defaults {
    pub(super) fn default_u64<T, const V: u64>() -> T
    where
        T: ::std::convert::TryFrom<u64>,
        <T as ::std::convert::TryFrom<u64>>::Error: ::std::fmt::Debug,
    {
        T::try_from(V).unwrap()
    }
}
/// Error types.
pub mod error {
    /// Error from a `TryFrom` or `FromStr` implementation.
    pub struct ConversionError(::std::borrow::Cow<'static, str>);
    impl ::std::error::Error for ConversionError {}
    impl ::std::fmt::Display for ConversionError {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> Result<(), ::std::fmt::Error> {
            ::std::fmt::Display::fmt(&self.0, f)
        }
    }
    impl ::std::fmt::Debug for ConversionError {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> Result<(), ::std::fmt::Error> {
            ::std::fmt::Debug::fmt(&self.0, f)
        }
    }
    impl From<&'static str> for ConversionError {
        fn from(value: &'static str) -> Self {
            Self(value.into())
        }
    }
    impl From<String> for ConversionError {
        fn from(value: String) -> Self {
            Self(value.into())
        }
    }
}

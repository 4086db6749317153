//! An option means the same on every level, and the value nearest to the message wins.
//!
//! The headers and query options are those of the pages "Compose HTTP requests and handle errors",
//! "Impersonate another user using the Web API" and "Use optional parameters" of Microsoft's documentation.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use dataverse_entity::client::{BoxFuture, Client, NoToken, Transport, TransportError};
use dataverse_entity::message::{
    AccessRights, Action, Aggregate, Annotations, Batch, BypassLogic, Caller, Create, Function, Message,
    PrincipalRef, Query, RequestOptions, Update, WhoAmI,
};
use dataverse_entity::prelude::*;
use dataverse_entity::query::{Many, Related};
use dataverse_entity::tables::session_event::StatusReason;
use dataverse_entity::tables::{OcSession, Principal, SessionEvent, SystemUser, Team};
use dataverse_entity::{Id, Lookup, Organization, Uuid};
use http::{HeaderName, Request, Response};

use super::event;
use crate::support::claims_to_write::ClaimsToWrite;
use crate::support::exchange::org;

/// An option with two values, and the wire form of each.
struct Case {
    option: &'static str,
    values: [RequestOptions; 2],
    wire: [Wire; 2],
}

#[derive(Clone, PartialEq, Debug)]
enum Wire {
    Header(&'static str, String),
    /// What `Prefer` contains: FetchXML adds the annotations that paging needs.
    Preference(String),
    Query(&'static str, String),
    /// Nothing of this header.
    Without(&'static str),
}

fn case(option: &'static str, near: (RequestOptions, Wire), far: (RequestOptions, Wire)) -> Case {
    Case { option, values: [near.0, far.0], wire: [near.1, far.1] }
}

/// Every option of `RequestOptions`: a missing one fails `the_matrix_lists_every_option`.
fn cases() -> Vec<Case> {
    let none = RequestOptions::new;
    let id = |number: u128| Uuid::from_u128(number);
    let user = |number: u128| Id::<SystemUser>::new(id(number));
    let header = |name, value: &str| Wire::Header(name, value.to_owned());
    let switch = |option, on: fn(bool) -> RequestOptions, name: &'static str, value: &str| {
        case(option, (on(false), Wire::Without(name)), (on(true), Wire::Header(name, value.to_owned())))
    };
    vec![
        case(
            "annotations",
            (
                none().annotations(Annotations::named(["a.b"])),
                Wire::Preference("odata.include-annotations=\"a.b".into()),
            ),
            (
                none().annotations(Annotations::all()),
                Wire::Preference("odata.include-annotations=\"*".into()),
            ),
        ),
        case(
            "page_size",
            (none().page_size(7), Wire::Preference("odata.maxpagesize=7".into())),
            (none().page_size(8), Wire::Preference("odata.maxpagesize=8".into())),
        ),
        case(
            "impersonate_object_id",
            (none().impersonate_object_id(id(1)), header("callerobjectid", &id(1).to_string())),
            (none().impersonate_user(user(2)), header("mscrmcallerid", &id(2).to_string())),
        ),
        case(
            "impersonate_user",
            (none().impersonate_user(user(3)), header("mscrmcallerid", &id(3).to_string())),
            (none().impersonate_object_id(id(4)), header("callerobjectid", &id(4).to_string())),
        ),
        case(
            "bypass_custom_plugins",
            (none().bypass_custom_plugins(true), header("mscrm.bypasscustompluginexecution", "true")),
            (
                none().bypass_business_logic(BypassLogic::Synchronous),
                header("mscrm.bypassbusinesslogicexecution", "CustomSync"),
            ),
        ),
        case(
            "bypass_business_logic",
            (
                none().bypass_business_logic(BypassLogic::Asynchronous),
                header("mscrm.bypassbusinesslogicexecution", "CustomAsync"),
            ),
            (none().bypass_custom_plugins(true), header("mscrm.bypasscustompluginexecution", "true")),
        ),
        switch(
            "suppress_flows",
            |on| RequestOptions::new().suppress_flows(on),
            "mscrm.suppresscallbackregistrationexpanderjob",
            "true",
        ),
        switch(
            "detect_duplicates",
            |on| RequestOptions::new().detect_duplicates(on),
            "mscrm.suppressduplicatedetection",
            "false",
        ),
        switch(
            "strong_consistency",
            |on| RequestOptions::new().strong_consistency(on),
            "consistency",
            "Strong",
        ),
        switch("merge_labels", |on| RequestOptions::new().merge_labels(on), "mscrm.mergelabels", "true"),
        case(
            "solution",
            (none().solution("near"), header("mscrm.solutionuniquename", "near")),
            (none().solution("far"), header("mscrm.solutionuniquename", "far")),
        ),
        case(
            "session_token",
            (none().session_token("0:1"), header("mscrm.sessiontoken", "0:1")),
            (none().session_token("0:2"), header("mscrm.sessiontoken", "0:2")),
        ),
        case(
            "tag",
            (none().tag("near"), Wire::Query("tag", "near".into())),
            (none().tag("far"), Wire::Query("tag", "far".into())),
        ),
        case(
            "partition_id",
            (none().partition_id("near"), Wire::Query("partitionId", "near".into())),
            (none().partition_id("far"), Wire::Query("partitionId", "far".into())),
        ),
        case(
            "header",
            (none().header(HeaderName::from_static("x-own"), "near"), header("x-own", "near")),
            (none().header(HeaderName::from_static("x-own"), "far"), header("x-own", "far")),
        ),
    ]
}

/// The parts of a request that options can set.
#[derive(Default, Debug)]
struct Said {
    headers: Vec<(String, String)>,
    query: Vec<(String, String)>,
}

impl Said {
    fn of(target: &str, headers: impl Iterator<Item = (String, String)>) -> Self {
        let query = target.split_once('?').map_or("", |(_, query)| query);
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let query = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { headers: headers.map(|(name, value)| (name.to_ascii_lowercase(), value)).collect(), query }
    }

    fn of_request(request: &Request<Bytes>) -> Self {
        let headers = request.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
        Self::of(request.uri().path_and_query().unwrap().as_str(), headers)
    }

    /// The requests in the body of a batch.
    fn of_parts(request: &Request<Bytes>) -> Vec<Self> {
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        let parts = body.split("Content-Transfer-Encoding: binary\r\n").skip(1);
        let parts = parts.map(|part| {
            let (_, part) = part.split_once("\r\n").unwrap();
            let part = part.trim_start_matches("\r\n");
            let head = part.split("\r\n\r\n").next().unwrap();
            let mut lines = head.lines();
            let target = lines.next().unwrap().split(' ').nth(1).unwrap().to_owned();
            let headers = lines.filter_map(|line| line.split_once(": "));
            let headers: Vec<_> = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            Self::of(&target, headers.into_iter())
        });
        parts.collect()
    }

    fn has(&self, wire: &Wire) -> bool {
        match wire {
            Wire::Header(name, value) => {
                self.headers.iter().any(|(other, said)| other == name && said == value)
            }
            Wire::Without(name) => !self.headers.iter().any(|(other, _)| other == name),
            Wire::Preference(text) => {
                let prefer = self.headers.iter().filter(|(name, _)| name == "prefer");
                prefer.map(|(_, value)| value).any(|value| value.contains(text))
            }
            Wire::Query(name, value) => {
                self.query
                    .iter()
                    .filter(|(other, _)| other == name)
                    .map(|(_, value)| value)
                    .collect::<Vec<_>>()
                    == [value]
            }
        }
    }
}

/// The request of a message with near and far options, each set on one of two levels.
type NearFar = dyn Fn(Place, &RequestOptions, &RequestOptions) -> Option<Request<Bytes>>;

/// A message and its request with the options of each level.
struct Sample {
    name: &'static str,
    near_far: Box<NearFar>,
}

/// The levels on which the near and the far options are set.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    /// Both on the message, one after the other.
    Nested,
    /// On the message, and on a batch that holds it.
    MessageAndBatch,
    /// On the message, and on a change set's batch.
    MessageAndChangeSet,
    /// On the batch, and on the client that sends it.
    BatchAndClient,
    /// On the message, and on the client.
    MessageAndClient,
    /// On the message in a batch, and on the client.
    MessageInBatchAndClient,
    /// On a client made of another.
    ClientAndClient,
}

impl Place {
    const ALL: [Self; 7] = [
        Self::Nested,
        Self::MessageAndBatch,
        Self::MessageAndChangeSet,
        Self::BatchAndClient,
        Self::MessageAndClient,
        Self::MessageInBatchAndClient,
        Self::ClientAndClient,
    ];
}

/// Keeps each request, and answers with an error.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<Request<Bytes>>>>);

impl Transport for Recorder {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        self.0.lock().unwrap().push(request);
        Box::pin(async { Ok(Response::builder().status(400).body(Bytes::new()).unwrap()) })
    }
}

fn by_client<M: Message + Send + Sync>(message: M, options: &[&RequestOptions]) -> Request<Bytes> {
    let recorder = Recorder::default();
    let mut client = Client::builder(org(), NoToken).transport(recorder.clone());
    if let Some(far) = options.first() {
        client = client.options((*far).clone());
    }
    let mut client = client.build().unwrap();
    for near in options.iter().skip(1) {
        client = client.with_options((*near).clone());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    drop(runtime.block_on(client.execute(message)));
    let sent = recorder.0.lock().unwrap().pop();
    sent.unwrap()
}

fn sample<M: Message<Output: Send> + Clone + Send + Sync + 'static>(
    name: &'static str,
    message: M,
) -> Sample {
    Sample {
        name,
        near_far: Box::new(move |place, near, far| {
            let message = message.clone();
            let batch_of = |options: Option<&RequestOptions>| {
                let mut batch = Batch::new();
                match options {
                    Some(options) => drop(batch.add(message.clone().with(options.clone()))),
                    None => drop(batch.add(message.clone())),
                }
                batch
            };
            let request = match place {
                Place::Nested => message.with(near.clone()).with(far.clone()).request(&org()).unwrap(),
                Place::MessageAndBatch => batch_of(Some(near)).with(far.clone()).request(&org()).unwrap(),
                Place::MessageAndChangeSet => {
                    let mut batch = Batch::new();
                    batch.change_set().add(ClaimsToWrite(message.with(near.clone())));
                    match batch.with(far.clone()).request(&org()) {
                        Ok(request) => request,
                        // A change set takes no reads.
                        Err(_) => return None,
                    }
                }
                Place::BatchAndClient => by_client(batch_of(None).with(near.clone()), &[far]),
                Place::MessageAndClient => by_client(message.with(near.clone()), &[far]),
                Place::MessageInBatchAndClient => by_client(batch_of(Some(near)), &[far]),
                Place::ClientAndClient => by_client(message, &[far, near]),
            };
            Some(request)
        }),
    }
}

const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");

fn session() -> Id<OcSession> {
    Id::new(Uuid::from_u128(3))
}

fn user() -> Id<SystemUser> {
    Id::new(Uuid::from_u128(9))
}

/// A message of your own that implements `request` and not `request_with`.
#[derive(Clone)]
struct Own;

impl Message for Own {
    type Output = ();

    fn message_name(&self) -> &'static str {
        "Own"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, dataverse_entity::Error> {
        let mut request = Request::new(Bytes::from_static(b"{}"));
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = format!("{}new_Own", org.root_url()).parse().unwrap();
        request.headers_mut().insert("prefer", http::HeaderValue::from_static("respond-async"));
        Ok(request)
    }

    fn response(&self, _: Response<Bytes>) -> Result<(), dataverse_entity::Error> {
        Ok(())
    }
}

fn samples() -> Vec<Sample> {
    let draft = || SessionEvent::create().name("n");
    let update = || SessionEvent::update(event()).name("n");
    let fetch = "<fetch><entity name=\"msdyn_sessionevent\"/></fetch>";
    vec![
        sample("Create", draft()),
        sample("Create returning", Create::new(draft()).returning::<SessionEvent>()),
        sample("Update", update()),
        sample("Update returning", Update::new(update()).returning::<SessionEvent>()),
        sample("Upsert", SessionEvent::upsert(event(), draft())),
        sample("Upsert returning", SessionEvent::upsert(event(), draft()).returning::<SessionEvent>()),
        sample("Delete", SessionEvent::delete(event())),
        sample("single column", update().single_column()),
        sample("Retrieve", SessionEvent::retrieve(event())),
        sample("Retrieve if changed", SessionEvent::retrieve(event()).if_changed("W/\"1\"")),
        sample("RetrieveColumn", SessionEvent::retrieve_column(event(), SessionEvent::NAME)),
        sample("Query", SessionEvent::query()),
        sample("saved query", Query::<SessionEvent>::saved(Uuid::nil())),
        sample("FetchXml", SessionEvent::fetch_xml(fetch)),
        sample("TrackChanges", SystemUser::track_changes()),
        sample("Count", SessionEvent::count()),
        sample("Aggregate", Aggregate::<SessionEvent>::new().count("events")),
        sample("CreateMultiple", SessionEvent::create_multiple([draft()])),
        sample("UpdateMultiple", SessionEvent::update_multiple([update()])),
        sample("UpsertMultiple", SessionEvent::upsert_multiple([(event(), draft())])),
        sample("outcomes", SessionEvent::create_multiple([draft()]).outcomes()),
        sample("rows", SessionEvent::fetch().attribute(SessionEvent::NAME).rows()),
        sample("total count", SessionEvent::total_count()),
        sample("Associate", OcSession::associate(session(), EVENTS, event())),
        sample("Disassociate", OcSession::disassociate(session(), EVENTS, event())),
        sample("SetState", SessionEvent::set_state(event(), StatusReason::Inactive)),
        sample("related records", SessionEvent::query_related(session(), EVENTS)),
        sample(
            "IsValidStateTransition",
            SessionEvent::is_valid_state_transition(event(), StatusReason::Inactive),
        ),
        sample("Assign", SessionEvent::assign(event(), user())),
        sample("GrantAccess", SessionEvent::grant_access(event(), user(), AccessRights::READ)),
        sample("ModifyAccess", SessionEvent::modify_access(event(), user(), AccessRights::READ)),
        sample("RevokeAccess", SessionEvent::revoke_access(event(), user())),
        sample("RetrievePrincipalAccess", SessionEvent::retrieve_principal_access(event(), user())),
        sample(
            "RetrieveSharedPrincipalsAndAccess",
            SessionEvent::retrieve_shared_principals_and_access(event()),
        ),
        sample("Action", Action::<()>::unbound("new_Do")),
        sample("Function", Function::<()>::unbound("new_Get")),
        sample("WhoAmI", WhoAmI),
        sample("assumed idempotent", draft().assume_idempotent()),
        sample("a user's own message", Own),
        sample("shared", Arc::new(SessionEvent::delete(event()))),
        sample("shared, with options", Arc::new(SessionEvent::delete(event()).with(RequestOptions::new()))),
    ]
}

fn said(place: Place, request: &Request<Bytes>) -> Vec<Said> {
    match place {
        Place::MessageAndBatch
        | Place::MessageAndChangeSet
        | Place::BatchAndClient
        | Place::MessageInBatchAndClient => Said::of_parts(request),
        Place::Nested | Place::MessageAndClient | Place::ClientAndClient => vec![Said::of_request(request)],
    }
}

#[test]
fn the_matrix_lists_every_option() {
    let source = include_str!("../../../core/src/message/http/options.rs");
    let setters = source.lines().filter_map(|line| line.trim().strip_prefix("pub fn "));
    let setters = setters
        .filter(|line| line.contains("self, ") && line.contains("-> Self") && !line.starts_with("or("));
    let setters: Vec<_> = setters.map(|line| line.split('(').next().unwrap()).collect();
    let cases = cases();
    for setter in &setters {
        assert!(cases.iter().any(|case| case.option == *setter), "`{setter}` is not in the matrix");
    }
    assert_eq!(cases.len(), setters.len());
}

#[test]
fn the_nearest_value_wins_for_every_option_level_and_message() {
    let mut checked = 0;
    for case in cases() {
        let [near, far] = &case.values;
        let [near_wire, far_wire] = &case.wire;
        for sample in samples() {
            for place in Place::ALL {
                let context = format!("{} {place:?} {}", case.option, sample.name);
                if let Some(request) = (sample.near_far)(place, near, far) {
                    for said in said(place, &request) {
                        assert!(said.has(near_wire), "{context}: {said:?}");
                        assert!(!said.has(far_wire), "{context}: {said:?}");
                        checked += 1;
                    }
                }
                // Without a nearer value, the farther one holds.
                if let Some(request) = (sample.near_far)(place, &RequestOptions::new(), far) {
                    for said in said(place, &request) {
                        assert!(said.has(far_wire), "{context}: {said:?}");
                        checked += 1;
                    }
                }
            }
        }
    }
    assert!(checked > 5_000, "{checked}");
}

/// Dataverse ignores `$top` if there is a page size, so a page size of a farther level is not added ("Page
/// results" in "Query data using the Web API").
#[test]
fn a_page_size_is_not_added_to_a_message_with_a_limit() {
    let sized = RequestOptions::new().page_size(500);
    let fetch = |attribute: &str| {
        SessionEvent::fetch_xml(format!("<fetch {attribute}><entity name=\"msdyn_sessionevent\"/></fetch>"))
    };
    let prefer = |request: Request<Bytes>| {
        request.headers().get("prefer").map_or(String::new(), |value| value.to_str().unwrap().to_owned())
    };
    let limited: [(Request<Bytes>, &str); 3] = [
        (SessionEvent::query().top(3).request_with(&org(), &sized).unwrap(), "$top=3"),
        (fetch("top=\"3\"").request_with(&org(), &sized).unwrap(), "top%3D%223%22"),
        (fetch("count=\"3\"").with(sized.clone()).request(&org()).unwrap(), "count%3D%223%22"),
    ];
    for (request, wish) in limited {
        assert!(request.uri().query().unwrap().contains(wish), "{}", request.uri());
        assert!(!prefer(request).contains("maxpagesize"));
    }
    let unlimited = prefer(SessionEvent::query().request_with(&org(), &sized).unwrap());
    assert!(unlimited.starts_with("odata.maxpagesize=500"), "{unlimited}");
    let both = SessionEvent::query().top(3).page_size(2).request(&org()).unwrap_err().to_string();
    assert!(both.contains("leave one of them out"), "{both}");
}

const LOOKUP_TABLE: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";

#[test]
fn annotations_from_options_reach_fetch_xml_and_can_be_switched_off() {
    let fetch = || SessionEvent::fetch_xml("<fetch><entity name=\"msdyn_sessionevent\"/></fetch>");
    let prefer = |options: RequestOptions| {
        fetch().request_with(&org(), &options).unwrap().headers()["prefer"].to_str().unwrap().to_owned()
    };
    let paging = "Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords";
    let formatted = RequestOptions::new().annotations(Annotations::formatted_values());
    assert_eq!(
        prefer(formatted),
        format!(
            "odata.include-annotations=\"OData.Community.Display.V1.FormattedValue,{paging},{LOOKUP_TABLE}\""
        )
    );
    let none = RequestOptions::new().annotations(Annotations::none());
    assert_eq!(prefer(none.clone()), format!("odata.include-annotations=\"{paging}\""));
    let query = SessionEvent::query().with(none);
    let all = RequestOptions::new().annotations(Annotations::all());
    assert_eq!(query.request_with(&org(), &all).unwrap().headers().get("prefer"), None);
}

/// If a part acts for another user than the batch, the batch's own request acts for nobody.
#[test]
fn the_request_of_a_batch_has_the_options_that_all_its_messages_share() {
    let (near, far) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let options = RequestOptions::new().impersonate_user(PrincipalRef::user(far)).solution("contoso");
    let mut agreed = Batch::new();
    agreed.add(SessionEvent::delete(event()));
    agreed.add(SessionEvent::query());
    let request = agreed.request_with(&org(), &options).unwrap();
    assert_eq!(request.headers()["mscrmcallerid"], far.to_string());
    assert_eq!(request.headers()["mscrm.solutionuniquename"], "contoso");
    let mut split = Batch::new();
    split.add(SessionEvent::delete(event()));
    split.add(SessionEvent::delete(event()).with(RequestOptions::new().impersonate_object_id(near)));
    let request = split.request_with(&org(), &options).unwrap();
    assert_eq!(request.headers().get("mscrmcallerid"), None);
    assert_eq!(request.headers().get("callerobjectid"), None);
    assert_eq!(request.headers()["mscrm.solutionuniquename"], "contoso");
    let parts = Said::of_parts(&request);
    assert!(parts[0].has(&Wire::Header("mscrmcallerid", far.to_string())));
    assert!(parts[1].has(&Wire::Header("callerobjectid", near.to_string())));
    assert!(parts[1].has(&Wire::Without("mscrmcallerid")));
}

#[test]
fn a_message_with_options_can_be_taken_apart() {
    let inner = RequestOptions::new().tag("inner").page_size(5);
    let outer = RequestOptions::new().tag("outer").solution("contoso");
    let message = SessionEvent::query().with(inner.clone());
    assert_eq!(message.options(), &inner);
    let bare = message.message().request(&org()).unwrap();
    assert!(!bare.uri().to_string().contains("tag="));
    let request = message.clone().with(outer).request(&org()).unwrap();
    assert!(request.uri().to_string().ends_with("tag=inner"));
    assert_eq!(request.headers()["mscrm.solutionuniquename"], "contoso");
    assert!(request.headers()["prefer"].to_str().unwrap().starts_with("odata.maxpagesize=5,"));
    let narrowed = message.into_inner().top(1);
    assert!(narrowed.request(&org()).unwrap().uri().to_string().ends_with("$top=1"));
}

/// A request cannot have both of these options: the later call replaces the earlier.
#[test]
fn of_two_users_to_act_for_the_last_wins() {
    let both = RequestOptions::new().impersonate_user(user()).impersonate_object_id(Uuid::from_u128(2));
    let request = SessionEvent::query().with(both).request(&org()).unwrap();
    assert_eq!(request.headers().get("mscrmcallerid"), None);
    assert_eq!(request.headers()["callerobjectid"], Uuid::from_u128(2).to_string());
    let bypass =
        RequestOptions::new().bypass_custom_plugins(true).bypass_business_logic(BypassLogic::Asynchronous);
    let request = SessionEvent::query().with(bypass).request(&org()).unwrap();
    assert_eq!(request.headers()["mscrm.bypasscustompluginexecution"], "true");
    assert_eq!(request.headers()["mscrm.bypassbusinesslogicexecution"], "CustomAsync");
}

/// "MSCRMCallerID: the systemuserid of the user" ("Impersonate another user using the Web API").
#[test]
fn whatever_names_a_user_is_impersonated_and_a_team_is_not() {
    let caller = Caller::new(PrincipalRef::user(user().uuid()), Uuid::nil(), Uuid::nil());
    let owner = Lookup::<Principal>::new(user());
    for options in [
        RequestOptions::new().impersonate_user(user()),
        RequestOptions::new().impersonate_user(caller.user),
        RequestOptions::new().impersonate_user(&owner),
        RequestOptions::new().impersonate_user(Principal::SystemUser(user())),
    ] {
        let request = SessionEvent::query().with(options).request(&org()).unwrap();
        assert_eq!(request.headers()["mscrmcallerid"], user().to_string());
    }
    let team = Id::<Team>::new(user().uuid());
    let as_team = RequestOptions::new().impersonate_user(team);
    let expected = format!("nobody can act as the team {team}; `impersonate_user` takes a user");
    let refused = SessionEvent::query().with(as_team.clone()).request(&org()).unwrap_err();
    assert!(refused.is_invalid_request());
    assert!(refused.to_string().contains(&expected), "{refused}");
    let mut batch = Batch::new();
    batch.add(SessionEvent::delete(event()));
    let refused = batch.request_with(&org(), &as_team).unwrap_err();
    assert!(refused.to_string().contains(&expected), "{refused}");
    // The nearest wish wins: nobody asks for the team any more.
    let near = SessionEvent::query().with(RequestOptions::new().impersonate_user(user()));
    assert_eq!(near.with(as_team).request(&org()).unwrap().headers()["mscrmcallerid"], user().to_string());
}

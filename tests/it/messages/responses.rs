//! How every message reads its answer. The answers are those of Microsoft's documentation.

use core::time::Duration;

use dataverse_entity::Id;
use dataverse_entity::message::{Action, Error, Function, PrincipalRef, UpsertedRecord, WhoAmI};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::session_event::StatusReason;
use dataverse_entity::tables::{SessionEvent, SystemUser};
use serde_json::json;

use crate::support::exchange::response;

const G1: &str = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const G2: &str = "0d2c7a10-1111-4111-8111-111111111111";

fn event() -> Id<SessionEvent> {
    G1.parse().unwrap()
}

fn user() -> Id<SystemUser> {
    G2.parse().unwrap()
}

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Name {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn refused(status: u16, headers: &[(&str, &str)], body: &str) -> Error {
    let answer = response(status, headers, body.to_owned());
    SessionEvent::delete(event()).response(answer).unwrap_err()
}

#[test]
fn create_reads_the_id_from_the_header() {
    let created = |header: &str| {
        let url = format!("https://example.crm.dynamics.com/api/data/v9.2/msdyn_sessionevents({header})");
        SessionEvent::create().response(response(204, &[("OData-EntityId", &url)], ""))
    };
    assert_eq!(created(G1).unwrap(), event());
    assert_eq!(created(&G1.to_uppercase()).unwrap(), event());
    assert_eq!(created(&format!("{{{G1}}}")).unwrap(), event());
    let error = created("msdyn_name='a'").unwrap_err();
    assert!(error.is_decode());
    assert_eq!(
        error.to_string(),
        "the answer (204 No Content) cannot be read: the record was created, and the header `OData-EntityId` names no record"
    );
    assert!(SessionEvent::create().response(response(204, &[], "")).unwrap_err().is_decode());
}

/// use-elastic-tables, "Create a record": `OData-EntityId:
/// …/contoso_sensordatas(contoso_sensordataid=…,partitionid='…')`.
#[test]
fn an_answer_names_the_record_of_an_elastic_table_with_its_partition() {
    let root = "https://example.crm.dynamics.com/api/data/v9.2/msdyn_sessionevents";
    let url = |partition: &str| format!("{root}(msdyn_sessioneventid={G1},partitionid='{partition}')");
    for partition in ["deviceid-001", "it''s (a, b)", "Zürich", G2, ""] {
        for header in ["OData-EntityId", "Location"] {
            let answer = || response(204, &[(header, &url(partition))], "");
            assert_eq!(SessionEvent::create().response(answer()).unwrap(), event(), "{partition}");
            let upsert = SessionEvent::upsert(SessionEvent::NAME.key("a"), SessionEvent::create());
            assert_eq!(upsert.response(answer()).unwrap().id, Some(event()), "{partition}");
        }
    }
    // One of the two headers is enough.
    let both = [("OData-EntityId", format!("{root}(msdyn_name='a')")), ("Location", url("x"))];
    let both: Vec<_> = both.iter().map(|(name, url)| (*name, url.as_str())).collect();
    assert_eq!(SessionEvent::create().response(response(204, &both, "")).unwrap(), event());
}

/// The record was created, so its id is taken from the header or from the message.
#[test]
fn a_create_with_an_id_of_its_own_needs_no_header() {
    let given = SessionEvent::create().id(event());
    let key = "https://x/api/data/v9.2/msdyn_sessionevents(msdyn_name='a')";
    assert_eq!(given.response(response(204, &[("OData-EntityId", key)], "")).unwrap(), event());
    assert_eq!(given.response(response(204, &[], "")).unwrap(), event());
    // The server's answer wins.
    let other = format!("https://x/api/data/v9.2/msdyn_sessionevents({G2})");
    assert_eq!(given.response(response(204, &[("OData-EntityId", &other)], "")).unwrap().to_string(), G2);
    let body = json!({ "@odata.etag": "W/\"1\"", "msdyn_sessioneventid": G1 }).to_string();
    assert_eq!(SessionEvent::create().response(response(201, &[], body)).unwrap(), event());
}

#[test]
fn create_update_and_upsert_can_answer_with_the_record() {
    let row = json!({ "@odata.etag": "W/\"1\"", "msdyn_sessioneventid": G1, "msdyn_name": "n" }).to_string();
    let created =
        SessionEvent::create().returning::<Name>().response(response(201, &[], row.clone())).unwrap();
    assert_eq!((created.name.as_deref(), created.etag()), (Some("n"), Some("W/\"1\"")));
    let updated = SessionEvent::update(event()).returning::<Name>().response(response(200, &[], row.clone()));
    assert_eq!(updated.unwrap().name.as_deref(), Some("n"));
    let upsert = SessionEvent::upsert(event(), SessionEvent::create()).returning::<Name>();
    assert!(matches!(upsert.response(response(201, &[], row.clone())).unwrap(), UpsertedRecord::Created(_)));
    assert!(matches!(upsert.response(response(200, &[], row)).unwrap(), UpsertedRecord::Updated(_)));
}

#[test]
fn an_upsert_by_a_key_may_be_answered_without_an_id() {
    let by_key = SessionEvent::upsert(SessionEvent::NAME.key("a"), SessionEvent::create());
    let url = "https://example.crm.dynamics.com/api/data/v9.2/msdyn_sessionevents(msdyn_name='a')";
    assert_eq!(by_key.response(response(204, &[("OData-EntityId", url)], "")).unwrap().id, None);
    assert_eq!(by_key.response(response(204, &[], "")).unwrap().id, None);
    let by_id = SessionEvent::upsert(event(), SessionEvent::create());
    assert_eq!(by_id.response(response(204, &[], "")).unwrap().id, Some(event()));
}

#[test]
fn retrieve_if_changed_reads_304() {
    let message = Name::retrieve(event()).if_changed("W/\"1\"");
    assert_eq!(message.response(response(304, &[], "")).unwrap(), None);
    let changed = message.response(response(200, &[], "{\"msdyn_name\":\"n\"}")).unwrap().unwrap();
    assert_eq!(changed.name.as_deref(), Some("n"));
}

#[test]
fn formatted_values_are_kept_if_they_were_asked_for() {
    let row = json!({
        "msdyn_eventtype@OData.Community.Display.V1.FormattedValue": "SessionEnd",
        "msdyn_eventtype": 192_350_005, "msdyn_sessioneventid": G1,
    })
    .to_string();
    let applied = [("Preference-Applied", "odata.include-annotations=\"*\"")];
    let message = SessionEvent::retrieve(event());
    let kept = message.response(response(200, &applied, row.clone())).unwrap();
    assert_eq!(kept.formatted_value("msdyn_eventtype"), Some("SessionEnd"));
    let not_kept = message.response(response(200, &[], row)).unwrap();
    assert_eq!(not_kept.formatted_value("msdyn_eventtype"), None);
}

#[test]
fn single_columns_are_read_by_their_kind() {
    let context =
        "https://example.crm.dynamics.com/api/data/v9.2/$metadata#msdyn_sessionevents(x)/msdyn_name";
    let body = |value: serde_json::Value| {
        response(200, &[], json!({ "@odata.context": context, "value": value }).to_string())
    };
    let name = SessionEvent::retrieve_column(event(), SessionEvent::NAME);
    assert_eq!(name.response(body(json!("O'Brien"))).unwrap().as_deref(), Some("O'Brien"));
    assert_eq!(name.response(body(json!(null))).unwrap(), None);
    assert_eq!(name.response(response(204, &[], "")).unwrap(), None);
    let version = SessionEvent::retrieve_column(event(), SessionEvent::VERSION_NUMBER);
    assert_eq!(version.response(body(json!(9_007_199_254_740_993i64))).unwrap(), Some(9_007_199_254_740_993));
    let wrong = name.response(body(json!(1))).unwrap_err();
    assert!(wrong.to_string().contains("msdyn_name"), "{wrong}");
    assert!(name.response(response(200, &[], "{}")).unwrap_err().is_decode());
}

#[test]
fn counts_are_plain_text() {
    let count = SessionEvent::count();
    assert_eq!(count.response(response(200, &[], "1234")).unwrap(), 1234);
    assert_eq!(count.response(response(200, &[], "\u{feff}5000\r\n")).unwrap(), 5000);
    assert!(count.response(response(200, &[], "<html>")).unwrap_err().is_decode());
}

#[test]
fn ids_of_create_multiple_are_in_order_and_complete() {
    let message = SessionEvent::create_multiple([SessionEvent::create(), SessionEvent::create()]);
    let ids = message.response(response(200, &[], json!({ "Ids": [G1, G2] }).to_string())).unwrap();
    assert_eq!(ids, [event(), G2.parse().unwrap()]);
    let error = message.response(response(200, &[], json!({ "Ids": [G1] }).to_string())).unwrap_err();
    assert!(error.to_string().contains("1 ids for 2 records"), "{error}");
    assert!(message.response(response(200, &[], json!({ "Ids": [G1, "x"] }).to_string())).is_err());
}

/// bulk-operations, "On Error behavior with elastic tables": `BulkApiErrorDetail` has `RequestIndex`, `Id`
/// and `StatusCode`; the details are JSON as text.
#[test]
fn a_partial_success_has_an_outcome_for_each_record() {
    let drafts = || [SessionEvent::create(), SessionEvent::create(), SessionEvent::create()];
    let details = json!([
        { "RequestIndex": 2, "Id": G2, "StatusCode": 201 },
        { "RequestIndex": 0, "Id": G1, "StatusCode": 201 },
        { "RequestIndex": 1, "Id": null, "StatusCode": 429 },
    ]);
    let name = "@Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails";
    for details in [json!(details.to_string()), details] {
        let body = json!({ "error": { "code": "0x80072322", "message": "no", name: details } }).to_string();
        let message = SessionEvent::create_multiple(drafts()).outcomes();
        let outcomes = message.response(response(400, &[], body)).unwrap();
        assert_eq!(outcomes[0].as_ref().unwrap(), &event());
        assert_eq!(outcomes[1].as_ref().unwrap_err().status().unwrap(), 429);
        assert!(outcomes[1].as_ref().unwrap_err().is_throttled());
        assert_eq!(outcomes[2].as_ref().unwrap().to_string(), G2);
    }
    // The code belongs to the first record that failed (bulk-operations); a record with another status has
    // none.
    let details = r#"[{"RequestIndex":0,"StatusCode":412},{"RequestIndex":1,"StatusCode":429},{"RequestIndex":2,"StatusCode":412}]"#;
    let body =
        json!({ "error": { "code": "0x80040237", "message": "duplicate key", name: details } }).to_string();
    let message = SessionEvent::create_multiple(drafts()).outcomes();
    let outcomes = message.response(response(400, &[("Retry-After", "7")], body)).unwrap();
    let errors: Vec<_> = outcomes.iter().map(|outcome| outcome.as_ref().unwrap_err()).collect();
    assert!(
        errors[0].is_duplicate()
            && errors[2].is_duplicate()
            && errors[2].to_string().contains("duplicate key")
    );
    assert!(errors[1].is_throttled() && errors[1].code().is_none(), "{}", errors[1]);
    assert_eq!(errors[1].retry_after(), Some(Duration::from_secs(7)));
    // Everything succeeded, nothing did, and details that leave records out.
    let message = SessionEvent::create_multiple(drafts()).outcomes();
    let all = message.response(response(200, &[], json!({ "Ids": [G1, G2, G1] }).to_string())).unwrap();
    assert!(all.len() == 3 && all.iter().all(Result::is_ok));
    assert!(
        message
            .response(response(400, &[], json!({ "error": { "code": "", "message": "no" } }).to_string()))
            .is_err()
    );
    assert!(message.response(response(503, &[], "<html>")).is_err());
    let empty = json!({ "error": { "code": "", "message": "no", name: "[]" } }).to_string();
    let outcomes = message.response(response(400, &[], empty)).unwrap();
    let unknown = |outcome: &Result<_, Error>| outcome.as_ref().is_err_and(Error::is_outcome_unknown);
    assert!(outcomes.len() == 3 && outcomes.iter().all(unknown), "{outcomes:?}");
    let unnamed = json!({ "error": { "code": "", "message": "no", name: "[{\"RequestIndex\":0,\"StatusCode\":201}]" } });
    let outcomes = message.response(response(400, &[], unnamed.to_string())).unwrap();
    assert!(outcomes[0].as_ref().unwrap_err().is_decode(), "created, but the id is not known");
}

#[test]
fn access_rights_are_read_with_or_without_spaces() {
    let message = SessionEvent::retrieve_principal_access(event(), user());
    let body = json!({
        "@odata.context": "https://example.crm.dynamics.com/api/data/v9.2/$metadata#Microsoft.Dynamics.CRM.RetrievePrincipalAccessResponse",
        "AccessRights": "ReadAccess, WriteAccess, AppendAccess, AppendToAccess, DeleteAccess, ShareAccess, AssignAccess",
    });
    let rights = message.response(response(200, &[], body.to_string())).unwrap();
    assert_eq!(rights, AccessRights::all() - AccessRights::CREATE);
    let none = message.response(response(200, &[], json!({ "AccessRights": "None" }).to_string())).unwrap();
    assert!(none.is_empty());
    let strange =
        message.response(response(200, &[], json!({ "AccessRights": "FlyAccess" }).to_string())).unwrap_err();
    assert!(strange.to_string().contains("\"FlyAccess\" is not an access right"), "{strange}");
    // The numbers are those of the enum type `AccessRights` in `$metadata`.
    let numbers = [1, 2, 4, 16, 32, 65_536, 262_144, 524_288];
    assert_eq!(AccessRights::all().iter().map(|right| right.bits()).collect::<Vec<_>>(), numbers);
}

#[test]
fn shared_principals_have_the_key_of_principal() {
    let message = SessionEvent::retrieve_shared_principals_and_access(event());
    let body = json!({ "PrincipalAccesses": [
        { "AccessMask": "ReadAccess, WriteAccess",
          "Principal": { "@odata.type": "#Microsoft.Dynamics.CRM.systemuser", "ownerid": G2 } },
        { "AccessMask": "ReadAccess",
          "Principal": { "@odata.type": "#Microsoft.Dynamics.CRM.team", "teamid": G1 } },
    ] });
    let shared = message.response(response(200, &[], body.to_string())).unwrap();
    assert_eq!(shared.len(), 2);
    assert_eq!(shared[0].principal, PrincipalRef::user(user().uuid()));
    assert_eq!(shared[0].principal.to_id(), Some(user()));
    assert_eq!(shared[0].rights, AccessRights::READ | AccessRights::WRITE);
    assert_eq!((shared[1].principal.table().logical_name, shared[1].rights), ("team", AccessRights::READ));
    assert!(message.response(response(200, &[], "{}")).is_err());
}

#[test]
fn is_valid_state_transition() {
    let message = SessionEvent::is_valid_state_transition(event(), StatusReason::Inactive);
    assert!(message.response(response(200, &[], json!({ "IsValid": true }).to_string())).unwrap());
    assert!(!message.response(response(200, &[], json!({ "IsValid": false }).to_string())).unwrap());
    assert!(message.response(response(200, &[], "{}")).is_err());
}

#[test]
fn who_am_i() {
    let body = json!({ "BusinessUnitId": G1, "UserId": G2, "OrganizationId": G1 });
    let caller = WhoAmI.response(response(200, &[], body.to_string())).unwrap();
    assert_eq!(caller.user.to_id(), Some(user()));
    assert_eq!(caller.user, PrincipalRef::user(user().uuid()));
    let error = WhoAmI.response(response(200, &[], json!({ "UserId": G2 }).to_string())).unwrap_err();
    assert!(error.to_string().contains("it holds no `BusinessUnitId`"), "{error}");
}

#[test]
fn rows_of_an_aggregate_are_exact() {
    let message = SessionEvent::aggregate().count("n");
    let body =
        "{\"value\":[{\"msdyn_eventtype\":192350005,\"total\":12345678901234567.8901,\"n\":3},{\"n\":null}]}";
    let rows = message.response(response(200, &[], body)).unwrap();
    assert_eq!(rows.rows[0].get::<i32>("n").unwrap(), Some(3));
    let total: rust_decimal::Decimal = rows.rows[0].get("total").unwrap().unwrap();
    assert_eq!(total.to_string(), "12345678901234567.8901");
    assert_eq!(rows.rows[1].get::<i32>("n").unwrap(), None);
    assert_eq!(rows.rows[1].get::<i32>("absent").unwrap(), None);
    assert!(rows.rows[0].get::<String>("n").unwrap_err().to_string().contains("n: "));
}

#[test]
fn change_tracking_returns_deleted_rows_separately() {
    let body = json!({
        "@odata.deltaLink": "https://example.crm.dynamics.com/api/data/v9.2/msdyn_sessionevents?$deltatoken=1",
        "value": [
            { "msdyn_sessioneventid": G1, "msdyn_name": "n" },
            { "@odata.context": "https://example.crm.dynamics.com/api/data/v9.2/$metadata#msdyn_sessionevents/$deletedEntity",
              "id": G2, "reason": "deleted" },
        ],
    });
    let page = Name::track_changes().response(response(200, &[], body.to_string())).unwrap();
    assert_eq!(page.records.len(), 1);
    assert_eq!(page.deleted[0].id().uuid(), user().uuid());
    assert!(page.info.delta_link.unwrap().ends_with("$deltatoken=1"));
}

#[test]
fn actions_and_functions_answer_the_type_that_the_caller_names() {
    let nothing = Action::<()>::unbound("A").response(response(204, &[], ""));
    nothing.unwrap();
    let value =
        Function::<serde_json::Value>::unbound("F").response(response(200, &[], "{\"a\":1}")).unwrap();
    assert_eq!(value["a"], 1);
    let error = Action::<Vec<i32>>::unbound("A").response(response(204, &[], "")).unwrap_err();
    assert!(error.to_string().contains("read it as `()`"), "{error}");
}

#[test]
fn refusals_have_status_code_and_message() {
    let error = refused(
        404,
        &[],
        "{\"error\":{\"code\":\"0x80040217\",\"message\":\"msdyn_sessionevent With Id = … Does Not Exist\"}}",
    );
    assert!(error.is_not_found());
    assert_eq!(error.status().unwrap().as_u16(), 404);
    assert_eq!(error.code(), Some(0x8004_0217));
    assert_eq!(
        error.to_string(),
        "404 Not Found, code 0x80040217: msdyn_sessionevent With Id = … Does Not Exist"
    );
}

#[test]
fn codes_are_compared_as_numbers() {
    let of = |status: u16, code: &str| {
        refused(status, &[], &json!({ "error": { "code": code, "message": "m" } }).to_string())
    };
    assert_eq!(of(404, "0x8006088a").code(), of(404, "0x8006088A").code());
    assert_eq!(of(412, "-2147088254").code(), Some(0x8006_0882));
    assert_eq!(of(400, "").code(), None);
    assert_eq!(of(400, "0x0").code(), None);
    let numeric = refused(400, &[], "{\"error\":{\"code\":-2147220969,\"message\":\"m\"}}");
    assert_eq!(numeric.code(), Some(0x8004_0217));
    // Code, status, and what it is.
    type Is = fn(&Error) -> bool;
    let table: [(u16, &str, Is); 12] = [
        (404, "0x80040217", Error::is_not_found),
        (404, "0x80060891", Error::is_not_found),
        (412, "0x80040237", Error::is_duplicate),
        (412, "0x80060892", Error::is_duplicate),
        (412, "0x80040333", Error::is_duplicate),
        (500, "0x80040333", Error::is_duplicate),
        (412, "0x80060882", Error::is_conflict),
        (403, "0x80040220", Error::is_permission_denied),
        (403, "0x80048405", Error::is_permission_denied),
        (429, "0x80072322", Error::is_throttled),
        (429, "0x80072321", Error::is_throttled),
        (429, "0x80072326", Error::is_throttled),
    ];
    let all: [Is; 6] = [
        Error::is_not_found,
        Error::is_duplicate,
        Error::is_conflict,
        Error::is_permission_denied,
        Error::is_throttled,
        Error::is_unavailable,
    ];
    for (status, code, is) in table {
        let error = of(status, code);
        assert!(is(&error), "{error}");
        assert_eq!(all.iter().filter(|each| each(&error)).count(), 1, "{error}");
        // An older server answers 400 for all, with the code in the body.
        assert!(is(&of(400, code)), "{code}");
    }
}

#[test]
fn error_pages_of_gateways_are_cut() {
    let html = "<html>\r\n<head><title>503 Service\tUnavailable</title></head>\n<body>…</body></html>";
    let error = refused(503, &[("Retry-After", "17")], html);
    assert!(error.is_unavailable());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(17)));
    assert_eq!(
        error.to_string(),
        "503 Service Unavailable: <html> <head><title>503 Service Unavailable</title></head> <body>…</body></html> \
         (retry after 17 s)"
    );
    assert_eq!(refused(502, &[], "").to_string(), "502 Bad Gateway: (empty body)");
    let long = refused(504, &[], &"ä".repeat(5000)).to_string();
    assert!(long.chars().count() < 300 && long.ends_with('…'), "{long}");
    let binary = SessionEvent::delete(event())
        .response(response(500, &[], vec![0xff, 0, 0x1b, b'c', b'x']))
        .unwrap_err();
    assert!(binary.to_string().contains('x') && !binary.to_string().contains('\u{1b}'), "{binary}");
    // A gateway that answers 200 in place of the server.
    let yes = response(200, &[("Content-Type", "text/html")], html);
    let yes = Name::retrieve(event()).response(yes).unwrap_err();
    assert!(yes.is_decode() && yes.to_string().contains("it is not JSON but `text/html`, 83 bytes"), "{yes}");
    let empty = Name::query().response(response(200, &[], "")).unwrap_err();
    assert!(empty.to_string().contains("(empty body)"), "{empty}");
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    let after = |value: &str| refused(429, &[("Retry-After", value)], "{}").retry_after();
    assert_eq!(after("30"), Some(Duration::from_secs(30)));
    assert_eq!(after(" 1.5 "), Some(Duration::from_millis(1500)));
    assert_eq!(after("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
    for bad in ["-1", "soon", "NaN", "1e400", ""] {
        assert_eq!(after(bad), None, "{bad}");
    }
}

#[test]
fn an_update_of_another_version_is_a_conflict() {
    let body = json!({ "error": {
        "code": "0x80060882",
        "message": "The version of the existing record doesn't match the RowVersion property provided.",
    } });
    let message = SessionEvent::update(event()).name("u").if_match("W/\"1\"");
    let error = message.response(response(412, &[], body.to_string())).unwrap_err();
    assert!(error.is_conflict() && !error.is_duplicate() && !error.is_not_found());
    assert!(!message.is_idempotent(), "a second attempt would not meet the condition");
}

//! Names of functions and actions: those that the emulator lacks, and those that Dataverse lacks, too.

use serde_json::json;

use crate::support::{Api, G1};

const NOT_FOUND: &str = "No HTTP resource was found that matches the request URI";

/// Kind, name, binding and parameters of every operation.
fn operations() -> Vec<[&'static str; 4]> {
    let lines = include_str!("../../../data/operations.txt").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split(' ').collect::<Vec<_>>().try_into().expect("four words")).collect()
}

/// Operations that the emulator has.
const IMPLEMENTED: [&str; 45] = [
    "RetrieveAllEntities",
    "RetrieveEntity",
    "RetrieveMetadataChanges",
    "WhoAmI",
    "RetrieveVersion",
    "RetrieveCurrentOrganization",
    "RetrieveTotalRecordCount",
    "IsValidStateTransition",
    "RetrieveSharedPrincipalsAndAccess",
    "RetrievePrincipalAccess",
    "GrantAccess",
    "ModifyAccess",
    "RevokeAccess",
    "FormatAddress",
    "InitializeFrom",
    "Merge",
    "AddPrivilegesRole",
    "ReplacePrivilegesRole",
    "RemovePrivilegeRole",
    "RetrieveRolePrivilegesRole",
    "RetrieveUserPrivileges",
    "RetrieveTeamPrivileges",
    "RetrieveUserPrivilegeByPrivilegeName",
    "RetrieveUserPrivilegeByPrivilegeId",
    "RetrieveUserSetOfPrivilegesByNames",
    "RetrieveUserSetOfPrivilegesByIds",
    "AddMembersTeam",
    "RemoveMembersTeam",
    "CreateMultiple",
    "UpdateMultiple",
    "UpsertMultiple",
    "DeleteMultiple",
    "AddSolutionComponent",
    "CreateCustomerRelationships",
    "CreateEntities",
    "CreatePolymorphicLookupAttribute",
    "DeleteOptionValue",
    "InsertOptionValue",
    "InsertStatusValue",
    "OrderOption",
    "PublishAllXml",
    "PublishXml",
    "RemoveSolutionComponent",
    "UpdateOptionValue",
    "UpdateStateValue",
];

#[test]
fn missing_operations_are_501_with_their_name() {
    let api = Api::new();
    let all = operations();
    let (actions, functions) = (
        all.iter().filter(|each| each[0] == "action").count(),
        all.iter().filter(|each| each[0] != "action").count(),
    );
    assert!(actions >= 620 && functions >= 240, "{actions} actions, {functions} functions");
    for [kind, name, bound, _] in all.into_iter().filter(|each| !IMPLEMENTED.contains(&each[1])) {
        let of = bound.trim_start_matches("Collection(").trim_end_matches(')');
        let set = match of {
            "account" => "accounts".to_owned(),
            "opportunity" => "opportunities".to_owned(),
            other => format!("{other}s"),
        };
        let target = match bound {
            "unbound" => name.to_owned(),
            _ if bound.starts_with("Collection(") => format!("{set}/Microsoft.Dynamics.CRM.{name}"),
            _ => format!("{set}({G1})/Microsoft.Dynamics.CRM.{name}"),
        };
        let method = if kind == "action" { "POST" } else { "GET" };
        api.send(method, &target, "").refused(501, "0x80060888", name);
        let wrong = if kind == "action" { "GET" } else { "POST" };
        api.send(wrong, &target, "").refused(404, "", NOT_FOUND);
    }
}

#[test]
fn a_missing_operation_in_a_batch_is_501() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a"}));
    let part = |line: &str| {
        format!(
            "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n{line} HTTP/1.1\r\n\r\n\r\n"
        )
    };
    let body = format!(
        "{}{}{}--b--\r\n",
        part("POST /api/data/v9.2/WinOpportunity"),
        part(
            "GET systemusers(00000000-0000-0000-0000-000000000001)/Microsoft.Dynamics.CRM.RetrieveAllChildUsersSystemUser"
        ),
        part(&format!("GET accounts({id})?$select=name")),
    );
    let api =
        api.with("Content-Type", "multipart/mixed; boundary=b").with("Prefer", "odata.continue-on-error");
    let answer = api.send("POST", "$batch", body).expect(200).text();
    assert_eq!(answer.matches("HTTP/1.1 501 Not Implemented").count(), 2, "{answer}");
    assert!(
        answer.contains("The action WinOpportunity")
            && answer.contains("The function RetrieveAllChildUsersSystemUser")
    );
    assert!(answer.contains("HTTP/1.1 200 OK"), "{answer}");
}

#[test]
fn unknown_names_are_unknown_segments() {
    let api = Api::new();
    let id = api.create("accounts", &json!({"name": "a"}));
    for name in ["new_CustomApi", "whoami", "WhoAmi()", "Microsoft.Dynamics.CRM.WhoAmI"] {
        let segment = name.trim_end_matches("()");
        let words = format!("Resource not found for the segment '{segment}'.");
        api.get(name).refused(404, "0x8006088a", &words);
        api.post(name, &json!({})).refused(404, "0x8006088a", &words);
    }
    for target in [format!("accounts({id})"), "accounts".to_owned()] {
        for name in ["new_CustomApi", "WhoAmI", "AddMembersTeam"] {
            let words = format!("Resource not found for the segment 'Microsoft.Dynamics.CRM.{name}'.");
            let target = format!("{target}/Microsoft.Dynamics.CRM.{name}");
            api.post(&target, &json!({})).refused(404, "0x8006088a", &words);
            api.get(&target).refused(404, "0x8006088a", &words);
        }
    }
    // A name of an operation is not mistaken for that of a table.
    for name in ["AddMembersTeam", "Microsoft.Dynamics.CRM.WhoAmI", "RetrieveUserPrivileges"] {
        let answer = api.post(name, &json!({})).expect(404).json();
        assert_eq!(answer["error"]["message"], format!("Resource not found for the segment '{name}'."));
    }
    let user = api.emulator.user();
    let more = format!(
        "systemusers({user})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@t)/AccessRights?@t={{}}"
    );
    api.get(&more).refused(404, "0x8006088a", "Resource not found for the segment 'AccessRights'.");
    // An operation of every table is refused with the missing table.
    let words = "Resource not found for the segment 'new_things'.";
    api.post("new_things/Microsoft.Dynamics.CRM.CreateMultiple", &json!({})).refused(
        404,
        "0x8006088a",
        words,
    );
    let team = api.create("teams", &json!({"name": "t"}));
    // Bound to a record, not to the set.
    api.post("teams/Microsoft.Dynamics.CRM.AddMembersTeam", &json!({})).refused(404, "0x8006088a", "segment");
    api.post(&format!("teams({team})/Microsoft.Dynamics.CRM.CreateMultiple"), &json!({})).refused(
        404,
        "0x8006088a",
        "segment",
    );
}

#[test]
fn methods_of_functions_and_actions() {
    let api = Api::new();
    api.post("WhoAmI", &json!({})).refused(
        404,
        "",
        "No HTTP resource was found that matches the request URI 'https://emulator.crm.dynamics.com/api/data/v9.2/WhoAmI'.",
    );
    for name in ["GrantAccess", "Merge", "WinOpportunity"] {
        api.get(name).refused(404, "", NOT_FOUND);
    }
    let team = api.create("teams", &json!({"name": "t"}));
    api.get(&format!("teams({team})/Microsoft.Dynamics.CRM.AddMembersTeam")).refused(404, "", NOT_FOUND);
    api.get("accounts/Microsoft.Dynamics.CRM.CreateMultiple").refused(404, "", NOT_FOUND);
}

#[test]
fn bound_operations_need_their_namespace() {
    let api = Api::new();
    let team = api.create("teams", &json!({"name": "t"}));
    let words = "Request message has unresolved parameters.";
    api.post(&format!("teams({team})/AddMembersTeam"), &json!({"Members": []})).refused(400, "", words);
    api.post("accounts/CreateMultiple", &json!({"Targets": []})).refused(400, "", words);
    api.post(&format!("teams({team})/new_CustomApi"), &json!({})).refused(
        404,
        "0x8006088a",
        "'new_CustomApi'",
    );
}

#[test]
fn unknown_parameters_are_refused() {
    let api = Api::new();
    let team = api.create("teams", &json!({"name": "t"}));
    let words = |parameter: &str, name: &str| {
        format!(
            "ODataException: The parameter '{parameter}' in the request payload is not a valid parameter for the operation '{name}'."
        )
    };
    api.post("Merge", &json!({"Targets": []})).refused(400, "0x80048d19", &words("Targets", "Merge"));
    api.post(&format!("teams({team})/Microsoft.Dynamics.CRM.AddMembersTeam"), &json!({"members": []}))
        .refused(400, "0x80048d19", &words("members", "AddMembersTeam"));
    api.post("accounts/Microsoft.Dynamics.CRM.CreateMultiple", &json!({"Targets": [], "Target": {}}))
        .refused(400, "0x80048d19", &words("Target", "CreateMultiple"));
    for call in ["WhoAmI(x=1)", "RetrieveTotalRecordCount(EntityName=@p)?@p=['account']"] {
        let name = call.split('(').next().unwrap();
        api.get(call).refused(404, "0x8006088a", &format!("Resource not found for the segment '{name}'."));
    }
    let user = api.emulator.user();
    api.get(&format!(
        "systemusers({user})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(target=@t)?@t={{}}"
    ))
    .refused(404, "0x8006088a", "RetrievePrincipalAccess");
}

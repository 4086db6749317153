use serde_json::json;

use super::{ATTRIBUTES, bank, bank_account, column, option};
use crate::support::Api;

/// Creates the publisher and the solution of Microsoft's sample. Returns the solution's id.
fn solution(api: &Api) -> String {
    let publisher = api.create(
        "publishers",
        &json!({"friendlyname": "Example Publisher", "uniquename": "examplepublisher", "description": "An example publisher for samples",
            "customizationprefix": "sample", "customizationoptionvalueprefix": 72700}),
    );
    api.create(
        "solutions",
        &json!({"friendlyname": "Example Solution", "uniquename": "examplesolution", "description": "An example solution for samples",
            "version": "1.0.0.0", "publisherid@odata.bind": format!("publishers({publisher})")}),
    )
}

#[test]
fn a_table_is_a_component_of_the_solution_that_the_header_names() {
    let api = Api::new();
    let solution = solution(&api);
    let id = api
        .with("MSCRM.SolutionUniqueName", "examplesolution")
        .post("EntityDefinitions", &bank_account())
        .expect(204)
        .id();
    let found = api.rows("solutions?$filter=uniquename eq 'examplesolution'&$select=solutionid,version");
    assert_eq!(found[0]["solutionid"], json!(solution));
    let of_tables = format!(
        "solutioncomponents?$filter=_solutionid_value eq {solution} and componenttype eq 1&$select=objectid"
    );
    assert_eq!(api.column("objectid", &of_tables), [json!(id)]);
    api.delete(&format!("EntityDefinitions({id})")).expect(204);
    assert_eq!(api.rows(&of_tables).len(), 0);
}

#[test]
fn an_unknown_solution_is_refused() {
    let (api, _) = bank();
    let other = api.with("MSCRM.SolutionUniqueName", "nosuchsolution");
    other.post(ATTRIBUTES, &column("String", "new_BankName")).refused(400, "0x80040203", "nosuchsolution");
    api.get("new_bankaccounts?$select=new_bankname").expect(400);
}

#[test]
fn options_without_a_value_get_the_prefix_of_the_publisher() {
    let (api, _) = bank();
    solution(&api);
    let api = api.with("MSCRM.SolutionUniqueName", "examplesolution");
    let mut body = column("Picklist", "sample_Choice");
    body["OptionSet"] = json!({"Options": [option(json!(null), "Bravo")]});
    api.post(ATTRIBUTES, &body).expect(204);
    api.create("new_bankaccounts", &json!({"sample_choice": 727_000_000}));
}

#[test]
fn components_are_added_and_removed() {
    let (api, id) = bank();
    let solution = solution(&api);
    let body = json!({"ComponentId": id, "ComponentType": 1, "SolutionUniqueName": "examplesolution", "AddRequiredComponents": false});
    api.post("AddSolutionComponent", &body).expect(200);
    let all = format!("solutioncomponents?$filter=_solutionid_value eq {solution}");
    assert_eq!(api.rows(&all).len(), 1);
    let body = json!({"SolutionComponent": {"solutioncomponentid": id}, "ComponentType": 1, "SolutionUniqueName": "examplesolution"});
    api.post("RemoveSolutionComponent", &body).expect(200);
    assert_eq!(api.rows(&all).len(), 0);
}

#[test]
fn publishing_answers_without_content() {
    let (api, _) = bank();
    let xml = "<importexportxml><entities><entity>new_bankaccount</entity></entities></importexportxml>";
    api.post("PublishXml", &json!({"ParameterXml": xml})).expect(204);
    api.send("POST", "PublishAllXml", "").expect(204);
    api.post("PublishXml", &json!({"ParameterXml": "<importexportxml>"})).refused(
        400,
        "0x80040201",
        "Invalid XML",
    );
}

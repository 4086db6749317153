//! Many-to-many relationships.

use std::collections::BTreeMap;

use dataverse_definitions::ManyToMany;
use serde_json::json;

use super::lookup::menu;
use super::planner::Planner;
use super::step::{Phase, Step};

pub(super) fn relationships(planner: &mut Planner<'_>) {
    for (name, wanted) in declared(planner) {
        let is_there =
            [&wanted.entity1_logical_name, &wanted.entity2_logical_name].into_iter().any(|table| {
                let table = planner.present(table);
                table.is_some_and(|table| {
                    table.many_to_many_relationships.iter().any(|each| each.schema_name == name)
                })
            });
        if is_there {
            continue;
        }
        if !planner.is_own(&name) {
            let problem =
                "the org has no such many-to-many relationship, and the name lacks the publisher's prefix";
            planner.tell(name, problem);
            continue;
        }
        let intersect =
            wanted.intersect_entity_name.text().map_or_else(|| name.to_lowercase(), str::to_owned);
        let mut body = json!({
            "@odata.type": "Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata",
            "SchemaName": name,
            "Entity1AssociatedMenuConfiguration": menu(),
            "Entity1LogicalName": wanted.entity1_logical_name,
            "Entity2AssociatedMenuConfiguration": menu(),
            "Entity2LogicalName": wanted.entity2_logical_name,
            "IntersectEntityName": intersect,
        });
        for (member, property) in [
            ("Entity1NavigationPropertyName", &wanted.entity1_navigation_property_name),
            ("Entity2NavigationPropertyName", &wanted.entity2_navigation_property_name),
        ] {
            if let Some(property) = property.text().filter(|property| *property != name) {
                body[member] = json!(property);
            }
        }
        let what = format!("create the many-to-many relationship `{name}`");
        planner.send(Step::post(Phase::ManyToMany, what, "RelationshipDefinitions", body));
    }
}

/// The relationships that the tables declare, by name. Each of two tables may know its own navigation property only.
fn declared(planner: &Planner<'_>) -> BTreeMap<String, ManyToMany> {
    let mut declared: BTreeMap<String, ManyToMany> = BTreeMap::new();
    for each in planner.wanted.iter().flat_map(|table| &table.many_to_many_relationships) {
        match declared.get_mut(&each.schema_name) {
            None => {
                declared.insert(each.schema_name.clone(), each.clone());
            }
            Some(earlier) => {
                let mut later = each.clone();
                // Two structs of one table write both sides the same way round.
                later.orient(&earlier.entity1_logical_name.clone());
                for (earlier, later) in [
                    (&mut earlier.entity1_navigation_property_name, later.entity1_navigation_property_name),
                    (&mut earlier.entity2_navigation_property_name, later.entity2_navigation_property_name),
                    (&mut earlier.intersect_entity_name, later.intersect_entity_name),
                ] {
                    if earlier.text().is_none() {
                        *earlier = later;
                    }
                }
            }
        }
    }
    declared
}

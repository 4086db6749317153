//! The enum of a polymorphic lookup needs no derive but `LookupTarget`: the lookup is compared and printed without it.
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

#[derive(LookupTarget)]
pub enum Target {
    User(Id<SystemUser>),
    Team(Id<Team>),
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_loan", set = "new_loans")]
pub struct Loan {
    #[attr(logical = "new_loanid", primary_id)]
    pub id: Id<Loan>,
    #[attr(logical = "new_target", lookup, nav = "new_Target_{table}")]
    pub target: Option<Lookup<Target>>,
}

fn main() {
    let team: Id<Team> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap();
    let lookup = Lookup::<Target>::new(team);
    assert!(matches!(lookup.key(), Target::Team(id) if id == team));
    assert_eq!(
        format!("{lookup:?}"),
        "Lookup { record: team(6f9619ff-8b86-d011-b42d-00cf4fc964ff), name: None }"
    );
}

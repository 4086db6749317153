use dataverse_entity::prelude::*;

// The table that others point to and expand has one mistake. The compiler reports none for the others.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_parent", set = "new_parents")]
struct Parent {
    #[attr(logical = "new_parentid", primary_id)]
    id: Id<Parent>,
    #[attr(logical = "new_name", readonly)]
    name: Option<String>,
    #[expand(nav = "new_Children")]
    children: Vec<Child>,
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Regarding {
    Parent(Id<Parent>),
    Child(Id<Child>),
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_child", set = "new_children")]
struct Child {
    #[attr(logical = "new_childid", primary_id)]
    id: Id<Child>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<Parent>>,
    #[attr(logical = "new_parentname", string, read_only, name_of = "new_parent")]
    parent_name: Option<String>,
    #[attr(
        logical = "new_regarding",
        lookup,
        nav(Parent = "new_Regarding_parent", Child = "new_Regarding_child")
    )]
    regarding: Option<Lookup<Regarding>>,
    #[expand(nav = "new_Parent")]
    expanded: Option<Box<Parent>>,
}

fn everywhere(id: Id<Child>, parent: Id<Parent>) -> Option<()> {
    let _ = Child::create().parent(parent).regarding(parent);
    let _ = Child::update(id).regarding(id).clear_parent();
    let _ = Record::<Child>::from_json("{}").ok()?.expanded.as_ref()?.children.len();
    Some(())
}

fn main() {}

/// A small table: a key, a name, a choice, a lookup, a column the server fills.
#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
pub struct Thing {
    #[attr(logical = "new_thingid", primary_id, create_only)]
    pub id: Id<Thing>,
    /// The name, as [`Self::id`] is unique.
    #[attr(logical = "new_name", primary_name, string(max_length = 100), required = "application")]
    pub name: Option<String>,
    #[attr(logical = "new_color", picklist)]
    pub color: Option<Color>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent", required = "system")]
    pub parent: Option<Lookup<Thing>>,
    #[attr(logical = "createdon", read_only)]
    pub created_on: Option<Timestamp>,
}

/// A choice.
#[derive(OptionSet)]
#[repr(i32)]
pub enum Color {
    #[option(label = "Dark red")]
    Red = 1,
    #[option(unknown)]
    Unknown(i32),
}

/// What a polymorphic lookup points to.
#[derive(LookupTarget)]
pub enum Target {
    Thing(Id<Thing>),
}

/// A projection.
#[derive(DataverseEntity)]
#[entity(of = Thing)]
pub struct Name<'a> {
    #[attr(logical = "new_name")]
    pub name: Option<Cow<'a, str>>,
}

#[derive(DataverseRow)]
struct ThingsOfColor {
    color: Option<Color>,
    #[row(alias = "color", formatted)]
    label: Option<String>,
    #[row(alias = "c.fullname")]
    owner: Option<String>,
    r#type: i64,
    #[row(skip)]
    seen: bool,
}

// What the derives write for `thing.rs`. Written by the test in `src/tests/golden.rs`.

// DataverseEntity for Thing

/**What a create of [`Thing`] (`new_thing`) sends. A column that is `None` is left out. Starts as `Thing::create()`.

A small table: a key, a name, a choice, a lookup, a column the server fills.*/
#[must_use = "a draft does nothing until it is sent"]
pub struct ThingCreate {
    ///The value of `new_thingid`.
    pub id: ::dataverse_entity::__private::Option<
        ::dataverse_entity::__private::Id<Thing>,
    >,
    /**The value of `new_name`.

The name, as [`Thing::id`] is unique.*/
    pub name: ::dataverse_entity::__private::Option<String>,
    ///The value of `new_color`.
    pub color: ::dataverse_entity::__private::Option<Color>,
    ///The value of `new_parent`.
    pub parent: ::dataverse_entity::__private::Option<
        ::dataverse_entity::__private::Bind<Thing>,
    >,
}
/**What an update of [`Thing`] (`new_thing`) sends. A column that is `Keep` or `None` is left out. Starts as `Thing::update(record)`.

A small table: a key, a name, a choice, a lookup, a column the server fills.*/
#[must_use = "a draft does nothing until it is sent"]
pub struct ThingUpdate {
    ///The record that is updated.
    pub id: ::dataverse_entity::__private::RecordRef<Thing>,
    /**The change to `new_name`.

The name, as [`Thing::id`] is unique.*/
    pub name: ::dataverse_entity::__private::Change<String>,
    ///The change to `new_color`.
    pub color: ::dataverse_entity::__private::Change<Color>,
    ///The new value of `new_parent`.
    pub parent: ::dataverse_entity::__private::Option<
        ::dataverse_entity::__private::Bind<Thing>,
    >,
}
const _: () = {
    use ::dataverse_entity::__private as __dv;
    const __FACTS_2: __dv::kind::Facts = <Option<
        Color,
    > as __dv::kind::ChoiceColumn<Color>>::FACTS;
    const __FACTS_3: __dv::kind::Facts = <Option<
        Lookup<Thing>,
    > as __dv::kind::LookupColumn<__dv::Bind<Thing>>>::FACTS;
    static __ATTRIBUTES: [__dv::AttributeMetadata; 5usize] = __dv::attributes(
        &[
            ("new_thingid", __dv::AttributeType::Uniqueidentifier, 2, &[]),
            (
                "new_name",
                __dv::AttributeType::string(
                    __dv::Option::Some(100),
                    __dv::StringFormat::Text,
                ),
                512,
                &[],
            ),
            ("new_color", __dv::AttributeType::picklist(__FACTS_2.options), 0, &[]),
            (
                "new_parent",
                __dv::AttributeType::lookup(__FACTS_3.targets),
                256,
                &[
                    __dv::AttributeFact::Navigation(__dv::Navigation::One("new_Parent")),
                    __dv::AttributeFact::OpenVariant(__FACTS_3.unknown),
                ],
            ),
            (
                "createdon",
                __dv::AttributeType::datetime(
                    __dv::DateTimeBehavior::UserLocal,
                    __dv::DateTimeFormat::DateAndTime,
                ),
                3,
                &[],
            ),
        ],
    );
    static __METADATA: __dv::EntityMetadata = __dv::EntityMetadata::new(
            "new_thing",
            "new_things",
            "new_thingid",
            &__ATTRIBUTES,
        )
        .primary_name_attribute("new_name");
    const _: () = __dv::assert_one_target(__FACTS_3.targets);
    #[automatically_derived]
    impl __dv::Entity for Thing {
        const TABLE: __dv::TargetTable = __dv::TargetTable::new(
            "new_thing",
            "new_things",
            "new_thingid",
        );
        const METADATA: &'static __dv::EntityMetadata = &__METADATA;
        const PRIMARY_ID: __dv::Column<Self, __dv::kinds::Guid, __dv::Id<Self>> = __dv::column(
            &__METADATA,
            0usize,
        );
        type Create = ThingCreate;
        type Update = ThingUpdate;
        #[inline]
        fn update(record: impl __dv::IntoRecord<Self>) -> ThingUpdate {
            ThingUpdate {
                id: __dv::IntoRecord::into_record(record),
                name: __dv::Change::Keep,
                color: __dv::Change::Keep,
                parent: __dv::Option::None,
            }
        }
        #[inline]
        fn __differ(
            before: &Self,
            after: &Self,
            column: ::core::primitive::usize,
            update: &mut ThingUpdate,
        ) -> __dv::Difference {
            match column {
                1usize => {
                    <Option<
                        String,
                    > as __dv::kind::TextColumn<
                        String,
                    >>::differ(&before.name, &after.name, &mut update.name)
                }
                2usize => {
                    <Option<
                        Color,
                    > as __dv::kind::ChoiceColumn<
                        Color,
                    >>::differ(&before.color, &after.color, &mut update.color)
                }
                3usize => {
                    <Option<
                        Lookup<Thing>,
                    > as __dv::kind::LookupColumn<
                        __dv::Bind<Thing>,
                    >>::differ_set(&before.parent, &after.parent, &mut update.parent)
                }
                _ => __dv::Difference::Same,
            }
        }
        #[inline]
        fn __key(&self) -> __dv::Option<__dv::Uuid> {
            <Id<Thing> as __dv::kind::PrimaryIdColumn<Thing>>::guid(&self.id)
        }
    }
    #[automatically_derived]
    impl __dv::LookupTarget for Thing {
        type Key = __dv::Id<Self>;
        const TARGETS: &'static [__dv::TargetTable] = &[<Self as __dv::Entity>::TABLE];
    }
    #[automatically_derived]
    impl Thing {
        ///The column `new_thingid`, for queries.
        pub const ID: __dv::Column<Self, __dv::kinds::Guid, __dv::Id<Thing>> = __dv::column(
            &__METADATA,
            0usize,
        );
        /**The column `new_name`, for queries.

The name, as [`Thing::id`] is unique.*/
        pub const NAME: __dv::Column<Self, __dv::kinds::Text, String> = __dv::column(
            &__METADATA,
            1usize,
        );
        ///The column `new_color`, for queries.
        pub const COLOR: __dv::Column<Self, __dv::kinds::Choice, Color> = __dv::column(
            &__METADATA,
            2usize,
        );
        ///The column `new_parent`, for queries.
        pub const PARENT: __dv::Column<Self, __dv::kinds::Lookup, Thing> = __dv::column(
            &__METADATA,
            3usize,
        );
        ///The column `createdon`, for queries.
        pub const CREATED_ON: __dv::Column<Self, __dv::kinds::Instant, Timestamp> = __dv::column(
            &__METADATA,
            4usize,
        );
    }
    #[automatically_derived]
    impl __dv::TracksChanges for Thing {}
    #[automatically_derived]
    impl __dv::OptimisticConcurrency for Thing {}
    const __COLUMNS: &[&__dv::AttributeMetadata] = &__dv::all_columns::<
        5usize,
    >(&__METADATA);
    #[automatically_derived]
    impl __dv::Projection for Thing {
        type Table = Thing;
        const PLAN: &'static __dv::RowPlan = &__dv::RowPlan {
            name: ::core::any::type_name::<Self>,
            table: &__METADATA,
            columns: __COLUMNS,
            index: &__dv::column_index::<{ __dv::index_length(__COLUMNS) }>(__COLUMNS),
            required: &[
                (0usize, <Id<Thing> as __dv::kind::PrimaryIdColumn<Thing>>::IS_REQUIRED),
            ],
            expands: &[],
        };
    }
    #[automatically_derived]
    impl<'__de> __dv::Fields<'__de> for Thing {
        #[inline]
        fn read_column(
            &mut self,
            index: ::core::primitive::usize,
            cell: __dv::Cell<'_, '__de>,
            strings: &mut __dv::SharedStrings,
        ) -> __dv::Result<(), __dv::ValueError> {
            match index {
                0usize => {
                    <Id<
                        Thing,
                    > as __dv::kind::PrimaryIdColumn<
                        Thing,
                    >>::read(&mut self.id, cell, strings)
                }
                1usize => {
                    <Option<
                        String,
                    > as __dv::kind::TextColumn<
                        String,
                    >>::read(&mut self.name, cell, strings)
                }
                2usize => {
                    <Option<
                        Color,
                    > as __dv::kind::ChoiceColumn<
                        Color,
                    >>::read(&mut self.color, cell, strings)
                }
                3usize => {
                    <Option<
                        Lookup<Thing>,
                    > as __dv::kind::LookupColumn<
                        __dv::Bind<Thing>,
                    >>::read(&mut self.parent, cell, strings)
                }
                4usize => {
                    <Option<
                        Timestamp,
                    > as __dv::kind::InstantColumn<
                        Timestamp,
                    >>::read(&mut self.created_on, cell, strings)
                }
                _ => __dv::Result::Ok(()),
            }
        }
        #[inline]
        fn expand_mut(
            &mut self,
            _: ::core::primitive::usize,
        ) -> __dv::Option<&mut dyn __dv::FillExpand<'__de>> {
            __dv::Option::None
        }
    }
    #[automatically_derived]
    impl<'__de> __dv::FromRow<'__de> for Thing {
        #[inline]
        fn blank() -> Self {
            Self {
                id: <Id<Thing> as __dv::kind::PrimaryIdColumn<Thing>>::blank(),
                name: __dv::Option::None,
                color: __dv::Option::None,
                parent: __dv::Option::None,
                created_on: __dv::Option::None,
            }
        }
    }
    #[automatically_derived]
    impl __dv::WriteRow for Thing {
        #[inline]
        fn cell(&self, column: ::core::primitive::usize) -> __dv::WrittenCell<'_> {
            match column {
                0usize => {
                    <Id<Thing> as __dv::kind::PrimaryIdColumn<Thing>>::cell(&self.id)
                }
                1usize => {
                    <Option<String> as __dv::kind::TextColumn<String>>::cell(&self.name)
                }
                2usize => {
                    <Option<Color> as __dv::kind::ChoiceColumn<Color>>::cell(&self.color)
                }
                3usize => {
                    <Option<
                        Lookup<Thing>,
                    > as __dv::kind::LookupColumn<__dv::Bind<Thing>>>::cell(&self.parent)
                }
                4usize => {
                    <Option<
                        Timestamp,
                    > as __dv::kind::InstantColumn<Timestamp>>::cell(&self.created_on)
                }
                _ => __dv::WrittenCell::NULL,
            }
        }
    }
    #[automatically_derived]
    impl ThingCreate {
        ///Sets `new_thingid`.
        pub fn id(mut self, id: impl __dv::BoundIntoValue<__dv::Id<Thing>>) -> Self {
            __dv::set(&mut self.id, id);
            self
        }
        /**Sets `new_name`.

The name, as [`Thing::id`] is unique.*/
        pub fn name(mut self, name: impl __dv::BoundIntoValue<String>) -> Self {
            __dv::set(&mut self.name, name);
            self
        }
        ///Sets `new_color`.
        pub fn color(mut self, color: impl __dv::BoundIntoValue<Color>) -> Self {
            __dv::set(&mut self.color, color);
            self
        }
        ///Sets `new_parent`.
        pub fn parent(mut self, parent: impl __dv::BoundBindTo<Thing>) -> Self {
            __dv::bind(&mut self.parent, parent);
            self
        }
        #[doc(hidden)]
        pub fn created_on<__V>(self, _: __V) -> Self
        where
            for<'__never> Self: __dv::ReadOnly<'__never>,
        {
            self
        }
    }
    #[automatically_derived]
    impl __dv::Clone for ThingCreate {
        #[inline]
        fn clone(&self) -> Self {
            Self {
                id: __dv::Clone::clone(&self.id),
                name: __dv::Clone::clone(&self.name),
                color: __dv::Clone::clone(&self.color),
                parent: __dv::Clone::clone(&self.parent),
            }
        }
    }
    #[automatically_derived]
    impl __dv::Default for ThingCreate {
        #[inline]
        fn default() -> Self {
            Self {
                id: __dv::Option::None,
                name: __dv::Option::None,
                color: __dv::Option::None,
                parent: __dv::Option::None,
            }
        }
    }
    __dv::draft_impls!(CreateDraft, ThingCreate, Thing);
    #[automatically_derived]
    impl __dv::Columns for ThingCreate {
        #[inline]
        fn plan(&self) -> &'static __dv::DraftPlan {
            static PLAN: __dv::DraftPlan = __dv::DraftPlan {
                name: "ThingCreate",
                table: &__METADATA,
                kind: __dv::DraftKind::Create,
                columns: &[0usize, 1usize, 2usize, 3usize],
            };
            &PLAN
        }
        #[inline]
        fn pending(&self, column: ::core::primitive::usize) -> __dv::Pending<'_> {
            match column {
                0usize => {
                    <Id<Thing> as __dv::kind::PrimaryIdColumn<Thing>>::option(&self.id)
                }
                1usize => {
                    <Option<
                        String,
                    > as __dv::kind::TextColumn<String>>::option(&self.name)
                }
                2usize => {
                    <Option<
                        Color,
                    > as __dv::kind::ChoiceColumn<Color>>::option(&self.color)
                }
                3usize => {
                    <Option<
                        Lookup<Thing>,
                    > as __dv::kind::LookupColumn<
                        __dv::Bind<Thing>,
                    >>::option(&self.parent)
                }
                _ => __dv::Pending::Keep,
            }
        }
        #[inline]
        fn besides(&self) -> __dv::Besides<'_> {
            __dv::Besides::NOTHING
        }
    }
    #[automatically_derived]
    impl ThingUpdate {
        /**Sets `new_name`.

The name, as [`Thing::id`] is unique.*/
        pub fn name(mut self, name: impl __dv::BoundIntoValue<String>) -> Self {
            __dv::change(&mut self.name, name);
            self
        }
        ///Clears `new_name`.
        #[inline]
        pub fn clear_name(mut self) -> Self {
            self.name = __dv::Change::Clear;
            self
        }
        ///Sets `new_color`.
        pub fn color(mut self, color: impl __dv::BoundIntoValue<Color>) -> Self {
            __dv::change(&mut self.color, color);
            self
        }
        ///Clears `new_color`.
        #[inline]
        pub fn clear_color(mut self) -> Self {
            self.color = __dv::Change::Clear;
            self
        }
        ///Sets `new_parent`.
        pub fn parent(mut self, parent: impl __dv::BoundBindTo<Thing>) -> Self {
            __dv::bind(&mut self.parent, parent);
            self
        }
        #[doc(hidden)]
        pub fn clear_parent(self) -> Self
        where
            for<'__never> Self: __dv::NotClearable<'__never>,
        {
            self
        }
        #[doc(hidden)]
        pub fn id<__V>(self, _: __V) -> Self
        where
            for<'__never> Self: __dv::PrimaryId<'__never>,
        {
            self
        }
        #[doc(hidden)]
        pub fn clear_id(self) -> Self
        where
            for<'__never> Self: __dv::PrimaryId<'__never>,
        {
            self
        }
        #[doc(hidden)]
        pub fn created_on<__V>(self, _: __V) -> Self
        where
            for<'__never> Self: __dv::ReadOnly<'__never>,
        {
            self
        }
        #[doc(hidden)]
        pub fn clear_created_on(self) -> Self
        where
            for<'__never> Self: __dv::ReadOnly<'__never>,
        {
            self
        }
    }
    #[automatically_derived]
    impl __dv::Clone for ThingUpdate {
        #[inline]
        fn clone(&self) -> Self {
            Self {
                id: __dv::Clone::clone(&self.id),
                name: __dv::Clone::clone(&self.name),
                color: __dv::Clone::clone(&self.color),
                parent: __dv::Clone::clone(&self.parent),
            }
        }
    }
    __dv::draft_impls!(UpdateDraft, ThingUpdate, Thing);
    #[automatically_derived]
    impl __dv::Columns for ThingUpdate {
        #[inline]
        fn plan(&self) -> &'static __dv::DraftPlan {
            static PLAN: __dv::DraftPlan = __dv::DraftPlan {
                name: "ThingUpdate",
                table: &__METADATA,
                kind: __dv::DraftKind::Update,
                columns: &[1usize, 2usize, 3usize],
            };
            &PLAN
        }
        #[inline]
        fn pending(&self, column: ::core::primitive::usize) -> __dv::Pending<'_> {
            match column {
                1usize => {
                    <Option<
                        String,
                    > as __dv::kind::TextColumn<String>>::change(&self.name)
                }
                2usize => {
                    <Option<
                        Color,
                    > as __dv::kind::ChoiceColumn<Color>>::change(&self.color)
                }
                3usize => {
                    <Option<
                        Lookup<Thing>,
                    > as __dv::kind::LookupColumn<
                        __dv::Bind<Thing>,
                    >>::option(&self.parent)
                }
                _ => __dv::Pending::Keep,
            }
        }
        #[inline]
        fn besides(&self) -> __dv::Besides<'_> {
            __dv::Besides::Record(__dv::RecordRef::address(&self.id))
        }
    }
};

// OptionSet for Color

const _: () = {
    use ::dataverse_entity::__private as __dv;
    #[automatically_derived]
    impl __dv::OptionSet for Color {
        const NAME: &'static ::core::primitive::str = "Color";
        const VARIANTS: &'static [(
            &'static ::core::primitive::str,
            ::core::primitive::i32,
        )] = &[("Red", 1)];
        const UNKNOWN: __dv::Option<&'static ::core::primitive::str> = __dv::Option::Some(
            "Unknown",
        );
        const OPTIONS: &'static [__dv::OptionMetadata] = &[
            __dv::OptionMetadata::new("Red", 1, "Dark red"),
        ];
        const ALL: &'static [Self] = &[Self::Red];
        #[inline]
        fn value(self) -> ::core::primitive::i32 {
            match self {
                Self::Red => 1,
                Self::Unknown(value) => value,
            }
        }
        #[inline]
        fn unknown(value: ::core::primitive::i32) -> __dv::Option<Self> {
            __dv::Option::Some(Self::Unknown(value))
        }
        #[inline]
        fn blank() -> Self {
            Self::Red
        }
    }
    #[automatically_derived]
    impl __dv::From<::core::primitive::i32> for Color {
        #[inline]
        fn from(value: ::core::primitive::i32) -> Self {
            __dv::Result::unwrap_or(__dv::option_from_value(value), Self::Unknown(value))
        }
    }
    __dv::option_impls!(Color);
};

// LookupTarget for Target

const _: () = {
    use ::dataverse_entity::__private as __dv;
    #[automatically_derived]
    impl __dv::LookupTarget for Target {
        type Key = Self;
        const TARGETS: &'static [__dv::TargetTable] = &[
            <Thing as __dv::LookupTarget>::TARGETS[0],
        ];
        const VARIANTS: &'static [&'static ::core::primitive::str] = &["Thing"];
        const UNKNOWN: __dv::Option<&'static ::core::primitive::str> = __dv::Option::None;
    }
    #[automatically_derived]
    impl __dv::TargetKey for Target {
        #[inline]
        fn of(record: __dv::Reference<'_>) -> Self {
            match record.position(<Self as __dv::LookupTarget>::TARGETS) {
                __dv::Option::Some(0usize) => Self::Thing(__dv::Id::new(record.id)),
                _ => <Self as __dv::TargetKey>::blank(),
            }
        }
        #[inline]
        fn reference(&self) -> __dv::Reference<'_> {
            const TARGETS: &[__dv::TargetTable] = <Target as __dv::LookupTarget>::TARGETS;
            match self {
                Self::Thing(id) => __dv::Reference::known(&TARGETS[0usize], id.uuid()),
            }
        }
        #[inline]
        fn blank() -> Self {
            Self::Thing(__dv::Id::new(__dv::Uuid::nil()))
        }
    }
    #[automatically_derived]
    impl __dv::BindTo<Target> for Target {
        #[inline]
        fn bind(self) -> __dv::Bind<Target> {
            __dv::Bind::to(self)
        }
    }
    #[automatically_derived]
    impl<__R: __dv::LookupTarget<Key = __dv::Id<__R>>> __dv::From<__dv::Id<__R>>
    for Target
    where
        Target: __dv::PointsTo<__R>,
    {
        #[inline]
        fn from(id: __dv::Id<__R>) -> Self {
            __dv::key_of::<Self, __R>(id)
        }
    }
    __dv::principal_enum!(Target);
    #[automatically_derived]
    impl __dv::PointsTo<Thing> for Target {}
};

// DataverseEntity for Name

const _: () = {
    use ::dataverse_entity::__private as __dv;
    const __TABLE: &__dv::EntityMetadata = <Thing as __dv::Entity>::METADATA;
    const __COLUMN_0: &__dv::AttributeMetadata = __dv::column_of(
        __TABLE,
        "new_name",
        "`new_name` is not a column of `Thing`",
    );
    const _: () = __dv::expect_column(
        __TABLE,
        <Option<Cow<'static, str>> as __dv::ReadColumn<'static>>::KINDS
            .holds(&__COLUMN_0.attribute_type),
        "the type of this field cannot hold `new_name`, as `Thing` declares it",
    );
    const _: () = __dv::expect_column(
        __TABLE,
        __dv::reads_targets(
            <Option<Cow<'static, str>> as __dv::ReadColumn<'static>>::TARGETS,
            <Option<Cow<'static, str>> as __dv::ReadColumn<'static>>::OPEN,
            __TABLE,
            __COLUMN_0,
        ),
        "the type of this field refers to other tables than `new_name` does",
    );
    const __COLUMNS: &[&__dv::AttributeMetadata] = &[__COLUMN_0];
    #[automatically_derived]
    impl<'a> __dv::Projection for Name<'a> {
        type Table = Thing;
        const PLAN: &'static __dv::RowPlan = &__dv::RowPlan {
            name: ::core::any::type_name::<Self>,
            table: __TABLE,
            columns: __COLUMNS,
            index: &__dv::column_index::<{ __dv::index_length(__COLUMNS) }>(__COLUMNS),
            required: &[],
            expands: &[],
        };
    }
    #[automatically_derived]
    impl<'__de: 'a, 'a> __dv::Fields<'__de> for Name<'a> {
        #[inline]
        fn read_column(
            &mut self,
            index: ::core::primitive::usize,
            cell: __dv::Cell<'_, '__de>,
            strings: &mut __dv::SharedStrings,
        ) -> __dv::Result<(), __dv::ValueError> {
            match index {
                0usize => {
                    <Option<
                        Cow<'a, str>,
                    > as __dv::ReadColumn<'__de>>::read(&mut self.name, cell, strings)
                }
                _ => __dv::Result::Ok(()),
            }
        }
        #[inline]
        fn expand_mut(
            &mut self,
            _: ::core::primitive::usize,
        ) -> __dv::Option<&mut dyn __dv::FillExpand<'__de>> {
            __dv::Option::None
        }
    }
    #[automatically_derived]
    impl<'__de: 'a, 'a> __dv::FromRow<'__de> for Name<'a> {
        #[inline]
        fn blank() -> Self {
            Self { name: __dv::Option::None }
        }
    }
    #[automatically_derived]
    impl<'a> __dv::WriteRow for Name<'a> {
        #[inline]
        fn cell(&self, column: ::core::primitive::usize) -> __dv::WrittenCell<'_> {
            match column {
                0usize => {
                    <Option<Cow<'a, str>> as __dv::ReadColumn<'static>>::cell(&self.name)
                }
                _ => __dv::WrittenCell::NULL,
            }
        }
    }
};

// DataverseRow for ThingsOfColor

const _: () = {
    use ::dataverse_entity::__private as __dv;
    #[automatically_derived]
    impl __dv::DataverseRow for ThingsOfColor {
        const COLUMNS: &'static [&'static ::core::primitive::str] = &[
            "color",
            "c.fullname",
            "type",
        ];
        fn from_row(row: __dv::Row) -> __dv::Result<Self, __dv::DecodeError> {
            __dv::Result::Ok(Self {
                color: match __dv::row_column::<Option<Color>>(&row, "color") {
                    __dv::Result::Ok(value) => value,
                    __dv::Result::Err(error) => return __dv::Result::Err(error),
                },
                label: match __dv::row_formatted::<Option<String>>(&row, "color") {
                    __dv::Result::Ok(value) => value,
                    __dv::Result::Err(error) => return __dv::Result::Err(error),
                },
                owner: match __dv::row_column::<Option<String>>(&row, "c.fullname") {
                    __dv::Result::Ok(value) => value,
                    __dv::Result::Err(error) => return __dv::Result::Err(error),
                },
                r#type: match __dv::row_column::<i64>(&row, "type") {
                    __dv::Result::Ok(value) => value,
                    __dv::Result::Err(error) => return __dv::Result::Err(error),
                },
                seen: <bool as __dv::Default>::default(),
            })
        }
    }
};

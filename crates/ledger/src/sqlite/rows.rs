//! Writing rows by statements that are compiled once for many, narrow rows several at a time: what a statement costs beside them is
//! then paid once for all. Rows with texts gain nothing by it, for SQLite copies what it is given before it writes several.

use rusqlite::{CachedStatement, Connection, Statement, ToSql};

/// What writes rows of one table.
pub(super) struct Rows<'c> {
    one: CachedStatement<'c>,
    several: Option<(usize, CachedStatement<'c>)>,
}

/// A row that is being written: its values come in the order of the columns.
pub(super) struct Values<'s, 'c> {
    statement: &'s mut Statement<'c>,
    bound: usize,
}

impl Values<'_, '_> {
    /// Sets the next value.
    pub(super) fn set(&mut self, value: impl ToSql) -> rusqlite::Result<()> {
        self.bound += 1;
        self.statement.raw_bind_parameter(self.bound, value)
    }
}

impl<'c> Rows<'c> {
    /// `insert` is the statement up to its values, of which a row has so many.
    pub(super) fn new(connection: &'c Connection, insert: &str, columns: usize) -> rusqlite::Result<Self> {
        Ok(Self { one: connection.prepare_cached(&sql(insert, columns, 1))?, several: None })
    }

    /// Writes so many rows at a time.
    pub(super) fn together(
        connection: &'c Connection,
        insert: &str,
        columns: usize,
        rows: usize,
    ) -> rusqlite::Result<Self> {
        let several = connection.prepare_cached(&sql(insert, columns, rows))?;
        Ok(Self { several: Some((rows, several)), ..Self::new(connection, insert, columns)? })
    }

    /// Writes rows, whose values `set` sets.
    pub(super) fn write<R>(
        &mut self,
        rows: &[R],
        set: impl Fn(&mut Values<'_, 'c>, &R) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let mut rest = rows;
        if let Some((together, several)) = &mut self.several {
            while let Some((rows, others)) = rest.split_at_checked(*together) {
                let mut values = Values { statement: several, bound: 0 };
                rows.iter().try_for_each(|row| set(&mut values, row))?;
                several.raw_execute()?;
                rest = others;
            }
        }
        for row in rest {
            set(&mut Values { statement: &mut self.one, bound: 0 }, row)?;
            self.one.raw_execute()?;
        }
        Ok(())
    }
}

/// A statement that inserts so many rows.
fn sql(insert: &str, columns: usize, rows: usize) -> String {
    let row = format!("({})", vec!["?"; columns].join(", "));
    format!("{insert} VALUES {}", vec![row; rows].join(", "))
}

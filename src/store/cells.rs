//! Reading one row, value after value; a value that no version of this program writes is named.

use super::StoreError;
use super::table::{Row, Table};
use crate::model::Date;
use rusqlite::types::Value;
use serde::de::DeserializeOwned;

/// What is left of a row.
pub(super) struct Cells {
    table: &'static Table,
    values: std::vec::IntoIter<Value>,
}

impl Cells {
    pub(super) fn new(table: &'static Table, row: Row) -> Self {
        Self {
            table,
            values: row.into_iter(),
        }
    }

    fn damaged(&self, what: &'static str) -> StoreError {
        StoreError::Damaged {
            table: self.table.name,
            what,
        }
    }

    fn next(&mut self) -> Result<Value, StoreError> {
        let missing = self.damaged("a row is missing");
        self.values.next().ok_or(missing)
    }

    pub(super) fn skip(mut self, values: usize) -> Self {
        for _ in 0..values {
            self.values.next();
        }
        self
    }

    pub(super) fn maybe_text(&mut self) -> Result<Option<String>, StoreError> {
        match self.next()? {
            Value::Null => Ok(None),
            Value::Text(text) => Ok(Some(text)),
            _ => Err(self.damaged("a text is none")),
        }
    }

    pub(super) fn text(&mut self) -> Result<String, StoreError> {
        let missing = self.damaged("a text is missing");
        self.maybe_text()?.ok_or(missing)
    }

    pub(super) fn maybe_int<T: TryFrom<i64>>(&mut self) -> Result<Option<T>, StoreError> {
        let bad = self.damaged("a number is out of range");
        match self.next()? {
            Value::Null => Ok(None),
            Value::Integer(n) => T::try_from(n).map(Some).map_err(|_| bad),
            _ => Err(bad),
        }
    }

    pub(super) fn int<T: TryFrom<i64>>(&mut self) -> Result<T, StoreError> {
        let missing = self.damaged("a number is missing");
        self.maybe_int()?.ok_or(missing)
    }

    pub(super) fn maybe_word<T>(
        &mut self,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        let bad = self.damaged("a word is none that imr knows");
        match self.maybe_text()? {
            None => Ok(None),
            Some(word) => parse(&word).map(Some).ok_or(bad),
        }
    }

    pub(super) fn word<T>(
        &mut self,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        let missing = self.damaged("a word is missing");
        self.maybe_word(parse)?.ok_or(missing)
    }

    pub(super) fn day(&mut self) -> Result<Option<Date>, StoreError> {
        self.maybe_word(|text| text.parse().ok())
    }

    /// Nothing known is nothing stored.
    pub(super) fn maybe_json<T: DeserializeOwned + Default>(&mut self) -> Result<T, StoreError> {
        let bad = self.damaged("what is known of it is not the JSON it should be");
        let text = self.maybe_text()?;
        let read = text.map(|text| serde_json::from_str(&text).map_err(|_| bad));
        Ok(read.transpose()?.unwrap_or_default())
    }

    pub(super) fn json<T: DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let bad = self.damaged("a list is not the JSON it should be");
        serde_json::from_str(&self.text()?).map_err(|_| bad)
    }
}

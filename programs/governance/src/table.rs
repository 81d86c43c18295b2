//! The values in force: the Parameters account, whose 128 rows no instruction needs to decode.

use alloc::vec::Vec;
use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Slot, State},
    fault,
    parameters::{COUNT, PARAMETERS},
};

use crate::interface::accounts::{PARAMETERS_SPACE, Parameters};

/// Rows the account has room for.
const CAPACITY: usize = 128;
const _: () = assert!(COUNT <= CAPACITY);
const BUMP_AT: usize = 9;
const COUNT_AT: usize = 10;
const VALUES_AT: usize = 12;
const CHANGED_AT: usize = VALUES_AT + 8 * CAPACITY;
const HANDED_OVER_AT: usize = CHANGED_AT + 8 * CAPACITY;
const _: () = assert!(HANDED_OVER_AT + CAPACITY <= PARAMETERS_SPACE);
const SECONDS_PER_HOUR: i64 = 3_600;

/// A copy of the account's bytes. Changes reach the chain through `store` only.
pub struct Table {
    pub slot: Slot,
    bytes: Vec<u8>,
}

impl Table {
    /// The Parameters account of this program: 3012, 3007, 3001, 3002.
    pub fn load(slot: Slot, program_id: &Address) -> Result<Self, ProgramError> {
        slot.require_owner(program_id)?;
        let bytes = slot.view.try_borrow()?.to_vec();
        let Some(tag) = bytes.first_chunk::<8>() else {
            return Err(fault::ACCOUNT_DISCRIMINATOR_NOT_FOUND.at(slot.name));
        };
        slot.require(*tag == Parameters::DISCRIMINATOR, &fault::ACCOUNT_DISCRIMINATOR_MISMATCH)?;
        slot.require(bytes.len() >= PARAMETERS_SPACE, &fault::ACCOUNT_DID_NOT_DESERIALIZE)?;
        Ok(Self { slot, bytes })
    }

    /// The table of an account created in this instruction: every row at its default, held by the founders.
    pub fn new(slot: Slot, version: u8, bump: u8) -> Self {
        let mut table = Self { slot, bytes: alloc::vec![0; PARAMETERS_SPACE] };
        table.write(0, &Parameters::DISCRIMINATOR);
        table.write(8, &[version, bump]);
        table.extend_to(COUNT);
        table
    }

    /// Put the changed bytes into the account.
    pub fn store(&self) -> ProgramResult {
        let mut view = self.slot.view;
        let mut data = view.try_borrow_mut()?;
        match data.get_mut(..self.bytes.len()) {
            Some(place) => place.copy_from_slice(&self.bytes),
            None => return Err(fault::ACCOUNT_DID_NOT_SERIALIZE.at(self.slot.name)),
        }
        Ok(())
    }

    pub fn bump(&self) -> u8 {
        let [bump] = self.read(BUMP_AT);
        bump
    }

    /// Value in force; 0 for a row that no table has.
    pub fn value(&self, id: u16) -> i64 {
        if usize::from(id) < self.count() {
            return i64::from_le_bytes(self.read(row_at(VALUES_AT, id)));
        }
        PARAMETERS.get(usize::from(id)).map_or(0, |row| row.default)
    }

    /// A time in hours, as seconds.
    pub fn hours(&self, id: u16) -> i64 {
        self.value(id).saturating_mul(SECONDS_PER_HOUR)
    }

    /// A part of 10,000; the bounds keep it within 16 bits.
    pub fn bps(&self, id: u16) -> u16 {
        u16::try_from(self.value(id)).unwrap_or(u16::MAX)
    }

    /// Time of the last change, 0 for none.
    pub fn changed_at(&self, id: u16) -> i64 {
        i64::from_le_bytes(self.read(row_at(CHANGED_AT, id)))
    }

    pub fn is_handed_over(&self, id: u16) -> bool {
        self.read::<1>(HANDED_OVER_AT.saturating_add(usize::from(id))) != [0]
    }

    pub fn set(&mut self, id: u16, value: i64, now: i64) {
        self.set_start(id, value);
        self.write(row_at(CHANGED_AT, id), &now.to_le_bytes());
    }

    /// Value without a time of change, as it is at the start.
    pub fn set_start(&mut self, id: u16, value: i64) {
        self.extend_to(usize::from(id).saturating_add(1));
        self.write(row_at(VALUES_AT, id), &value.to_le_bytes());
    }

    pub fn hand_over(&mut self, id: u16) {
        self.write(HANDED_OVER_AT.saturating_add(usize::from(id)), &[1]);
    }

    fn count(&self) -> usize {
        usize::from(u16::from_le_bytes(self.read(COUNT_AT)))
    }

    /// Take rows into use that an account written by an older table does not have yet.
    fn extend_to(&mut self, wanted: usize) {
        for id in self.count()..wanted {
            let default = PARAMETERS.get(id).map_or(0, |row| row.default);
            self.write(row_at(VALUES_AT, id as u16), &default.to_le_bytes());
        }
        let count = self.count().max(wanted) as u16;
        self.write(COUNT_AT, &count.to_le_bytes());
    }

    /// Zeros where the account has no such place.
    fn read<const N: usize>(&self, at: usize) -> [u8; N] {
        self.bytes.get(at..).and_then(|rest| rest.first_chunk::<N>()).copied().unwrap_or([0; N])
    }

    fn write(&mut self, at: usize, bytes: &[u8]) {
        if let Some(place) = self.bytes.get_mut(at..at.saturating_add(bytes.len())) {
            place.copy_from_slice(bytes);
        }
    }
}

fn row_at(start: usize, id: u16) -> usize {
    start.saturating_add(usize::from(id).saturating_mul(8))
}

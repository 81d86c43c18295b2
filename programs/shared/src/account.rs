//! Loading accounts in declared order and the constraints on them, with Anchor's error numbers.

use alloc::{boxed::Box, vec::Vec};
use borsh::{BorshDeserialize, BorshSerialize};
use core::ops::{Deref, DerefMut};
use pinocchio::{AccountView, Address, error::ProgramError};

use crate::{discriminator, fault, fault::Fault};

/// The accounts of an instruction, taken one after the other in declared order.
pub struct Accounts<'a> {
    rest: core::slice::Iter<'a, AccountView>,
    program_id: &'a Address,
}

impl<'a> Accounts<'a> {
    pub fn new(views: &'a [AccountView], program_id: &'a Address) -> Self {
        Self { rest: views.iter(), program_id }
    }

    /// Next account, unchecked. `name` is its name in the interface, for error lines. None left: 3005.
    pub fn any(&mut self, name: &'static str) -> Result<Slot, ProgramError> {
        match self.rest.next() {
            Some(view) => Ok(Slot { view: *view, name }),
            None => Err(fault::ACCOUNT_NOT_ENOUGH_KEYS.at(name)),
        }
    }

    /// Next account, which is absent when its address is the program's own.
    pub fn optional(&mut self, name: &'static str) -> Result<Option<Slot>, ProgramError> {
        let slot = self.any(name)?;
        Ok(if slot.key() == self.program_id { None } else { Some(slot) })
    }

    /// Next account, which must sign: 3010.
    pub fn signer(&mut self, name: &'static str) -> Result<Slot, ProgramError> {
        let slot = self.any(name)?;
        if slot.view.is_signer() { Ok(slot) } else { Err(fault::ACCOUNT_NOT_SIGNER.at(name)) }
    }

    /// Next account, which must be the program `id` (3008) and executable (3009).
    pub fn program(&mut self, name: &'static str, id: &Address) -> Result<Slot, ProgramError> {
        let slot = self.any(name)?;
        if slot.key() != id {
            return Err(fault::INVALID_PROGRAM_ID.at(name));
        }
        if slot.view.executable() { Ok(slot) } else { Err(fault::INVALID_PROGRAM_EXECUTABLE.at(name)) }
    }

    /// Next account, decoded as this program's `T`: 3012, 3007, 3001, 3002, 3003.
    pub fn load<T: State>(&mut self, name: &'static str) -> Result<Loaded<T>, ProgramError> {
        self.any(name)?.load(self.program_id)
    }
}

/// One account in its place in the instruction.
#[derive(Clone, Copy)]
pub struct Slot {
    pub view: AccountView,
    pub name: &'static str,
}

impl Slot {
    pub fn key(&self) -> &Address {
        self.view.address()
    }

    /// Fail with `fault` naming this account unless `holds`.
    #[inline(always)]
    pub fn require(&self, holds: bool, fault: &Fault) -> Result<(), ProgramError> {
        if holds { Ok(()) } else { Err(fault.at(self.name)) }
    }

    /// Must be writable: 2000.
    pub fn require_writable(&self) -> Result<(), ProgramError> {
        self.require(self.view.is_writable(), &fault::CONSTRAINT_MUT)
    }

    /// Must have this address: 2012.
    pub fn require_address(&self, expected: &Address) -> Result<(), ProgramError> {
        self.require(self.key() == expected, &fault::CONSTRAINT_ADDRESS)
    }

    /// Must be the program address of `seeds` with the highest valid bump (2006). Returns that bump.
    pub fn require_seeds<const N: usize>(&self, seeds: &[&[u8]; N], program_id: &Address) -> Result<u8, ProgramError> {
        match Address::derive_program_address(seeds, program_id) {
            Some((expected, bump)) if *self.key() == expected => Ok(bump),
            _ => Err(fault::CONSTRAINT_SEEDS.at(self.name)),
        }
    }

    /// As `require_seeds` with a bump that this program has stored, which costs one hash.
    pub fn require_seeds_with_bump<const N: usize>(
        &self,
        seeds: &[&[u8]; N],
        bump: u8,
        program_id: &Address,
    ) -> Result<(), ProgramError> {
        let expected = Address::derive_address(seeds, Some(bump), program_id);
        self.require(*self.key() == expected, &fault::CONSTRAINT_SEEDS)
    }

    /// Exists (3012) and belongs to `owner` (3007).
    pub fn require_owner(&self, owner: &Address) -> Result<(), ProgramError> {
        let absent = self.view.lamports() == 0 && self.view.owned_by(&pinocchio_system::ID);
        self.require(!absent, &fault::ACCOUNT_NOT_INITIALIZED)?;
        self.require(self.view.owned_by(owner), &fault::ACCOUNT_OWNED_BY_WRONG_PROGRAM)
    }

    /// Decode as the program's `T`: 3012, 3007, 3001, 3002, 3003. Bytes after the fields are ignored.
    #[inline(never)] // its locals in the caller's frame would exceed 4 KiB
    pub fn load<T: State>(self, program_id: &Address) -> Result<Loaded<T>, ProgramError> {
        self.require_owner(program_id)?;
        let state = {
            let data = self.view.try_borrow()?;
            let Some((tag, mut fields)) = data.split_first_chunk::<{ discriminator::LEN }>() else {
                return Err(fault::ACCOUNT_DISCRIMINATOR_NOT_FOUND.at(self.name));
            };
            self.require(*tag == T::DISCRIMINATOR, &fault::ACCOUNT_DISCRIMINATOR_MISMATCH)?;
            T::deserialize(&mut fields).map_err(|_| fault::ACCOUNT_DID_NOT_DESERIALIZE.at(self.name))?
        };
        Ok(Loaded::new(self, state))
    }
}

/// A borsh account type with its discriminator.
pub trait State: BorshSerialize + BorshDeserialize {
    const DISCRIMINATOR: [u8; discriminator::LEN];
    /// Upper bound of the encoded fields that avoids a second allocation on `store`.
    const CAPACITY: usize = 512;
}

/// An account with its decoded fields. Changes reach the chain through `store` only.
pub struct Loaded<T> {
    pub slot: Slot,
    /// On the heap: frames have 4 KiB.
    pub state: Box<T>,
}

impl<T: State> Loaded<T> {
    /// Fields for an account created in this instruction.
    pub fn new(slot: Slot, state: T) -> Self {
        Self { slot, state: Box::new(state) }
    }

    pub fn key(&self) -> &Address {
        self.slot.key()
    }

    /// Encode the fields into the account; what stands behind them stays. Does not fit: 3004.
    pub fn store(&mut self) -> Result<(), ProgramError> {
        let mut bytes = Vec::with_capacity(T::CAPACITY);
        bytes.extend_from_slice(&T::DISCRIMINATOR);
        self.state.serialize(&mut bytes).map_err(|_| fault::ACCOUNT_DID_NOT_SERIALIZE.at(self.slot.name))?;
        let mut data = self.slot.view.try_borrow_mut()?;
        match data.get_mut(..bytes.len()) {
            Some(place) => place.copy_from_slice(&bytes),
            None => return Err(fault::ACCOUNT_DID_NOT_SERIALIZE.at(self.slot.name)),
        }
        Ok(())
    }
}

impl<T> Deref for Loaded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.state
    }
}

impl<T> DerefMut for Loaded<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.state
    }
}

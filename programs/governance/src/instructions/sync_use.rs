//! `sync_use`: brings fees paid and earned on in the marketplace into the owner's voting power. Anybody may: it can only
//! make the power what the marketplace's own records say.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::Slot,
    discriminator::{self, account},
    event::emit,
    fault as common,
    runtime::current_slot,
};

use super::Context;
use crate::{interface::events::UseSynced, own, seeds::SYSTEM_PROGRAM};

/// A counter in an account of the marketplace, at its fixed place.
struct Counter {
    seed: &'static [u8],
    tag: [u8; discriminator::LEN],
    at: usize,
}

/// Behind discriminator, version, bump, buyer and number of orders.
const FEES_PAID: Counter = Counter { seed: b"Buyer", tag: account("Buyer"), at: 8 + 2 + 32 + 8 };
/// Behind discriminator, version, two bumps and owner.
const FEES_EARNED_ON: Counter = Counter { seed: b"Provider", tag: account("Provider"), at: 8 + 3 + 32 };

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut governance = own::governance(&mut accounts, program_id)?;
    let mut staker = own::staker(&mut accounts, program_id)?;
    let buyer_record = accounts.any("buyer_record")?;
    let provider = accounts.any("provider")?;

    [&governance.slot, &staker.slot].into_iter().try_for_each(Slot::require_writable)?;
    let marketplace = governance.marketplace_program;
    // Neither counter ever falls; a record that is absent has counted nothing.
    staker.fees_paid = FEES_PAID.read(&buyer_record, &staker.owner, &marketplace)?.max(staker.fees_paid);
    staker.fees_earned_on = FEES_EARNED_ON.read(&provider, &staker.owner, &marketplace)?.max(staker.fees_earned_on);
    let slot = current_slot()?;
    staker.state.update_power(&mut governance.state, slot);
    staker.store()?;
    governance.store()?;
    emit(&UseSynced {
        staker: *staker.key(),
        owner: staker.owner,
        fees_paid: staker.fees_paid,
        fees_earned_on: staker.fees_earned_on,
        power: staker.power,
        total_power: governance.total_power,
        slot,
    })
}

impl Counter {
    /// The counter of `owner`; another address than the owner's is 2006, another program's 3007, another kind of account 3002.
    fn read(&self, slot: &Slot, owner: &Address, marketplace: &Address) -> Result<u64, ProgramError> {
        slot.require_seeds(&[self.seed, owner.as_ref()], marketplace)?;
        if slot.view.owned_by(&SYSTEM_PROGRAM) {
            return Ok(0);
        }
        slot.require_owner(marketplace)?;
        let data = slot.view.try_borrow()?;
        slot.require(data.starts_with(&self.tag), &common::ACCOUNT_DISCRIMINATOR_MISMATCH)?;
        let count = data.get(self.at..).and_then(|rest| rest.first_chunk::<8>());
        count.map(|bytes| u64::from_le_bytes(*bytes)).ok_or_else(|| common::ACCOUNT_DID_NOT_DESERIALIZE.at(slot.name))
    }
}

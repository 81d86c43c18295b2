//! What every instruction on a position shares: exchange, index, trader, vaults; time counted before, money moved after.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    create::create_state,
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, require},
    runtime::{current_slot, unix_timestamp},
    token::TokenAccount,
};

use crate::{
    interface::{
        accounts::{CLAIM_SPACE, Claim, Exchange, Index, Trader},
        events::{ClaimRecorded, IndexAdvanced, IndexUpdated, MilestonePassed},
        fault,
        types::{Funds, Holding, Settlement},
    },
    number::{add, add_wide, seconds, sub},
    price::at_skew,
    seed,
    trade::Stake,
    vault::{Vaults, pay},
};

type Result<T> = core::result::Result<T, ProgramError>;

pub const TRADE: u8 = 0;
pub const PURCHASE: u8 = 1;

/// The accounts from `exchange` to `system_program`, which stand at the end of every instruction on a position.
pub struct Desk {
    pub payer: Slot,
    pub exchange: Loaded<Exchange>,
    pub index: Loaded<Index>,
    pub trader: Loaded<Trader>,
    pub vaults: Vaults,
    pub done: Settlement,
    pub now: i64,
    claim: Slot,
    before: Funds,
    program_id: Address,
}

/// A trade of perpetuals as the index tells it.
pub struct Trade {
    pub is_buy: bool,
    pub size: u64,
    pub value: u64,
    pub price: u128,
}

impl Desk {
    #[inline(never)] // its locals in the caller's frame would exceed 4 KiB
    pub fn load(program_id: &Address, accounts: &mut Accounts, payer: Slot) -> Result<Self> {
        let exchange = accounts.load::<Exchange>("exchange")?;
        let index = accounts.load::<Index>("index")?;
        let trader = accounts.load::<Trader>("trader")?;
        let claim = accounts.any("claim")?;
        let vaults = Vaults::load(accounts, program_id, &exchange)?;
        accounts.token_program("token_program")?;
        accounts.system_program("system_program")?;

        [&payer, &exchange.slot, &index.slot, &trader.slot, &claim].into_iter().try_for_each(Slot::require_writable)?;
        let number = trader.balance.claim_count.to_le_bytes();
        claim.require_seeds(&[seed::CLAIM, trader.key().as_ref(), number.as_ref()], program_id)?;
        let before = exchange.funds;
        let done = Settlement::default();
        let now = unix_timestamp()?;
        let mut desk =
            Self { payer, exchange, index, trader, vaults, done, now, claim, before, program_id: *program_id };
        advance(&desk.exchange, &mut desk.index, now)?;
        Ok(desk)
    }

    pub fn require_owner(&self, owner: &Slot) -> ProgramResult {
        self.trader.slot.require(self.trader.owner == *owner.key(), &CONSTRAINT_HAS_ONE)
    }

    /// A position together with the money behind it.
    pub fn stake<'a>(&'a mut self, holding: &'a mut Holding) -> Stake<'a> {
        Stake { holding, balance: &mut self.trader.balance, funds: &mut self.exchange.funds, done: &mut self.done }
    }

    /// Opening, but not closing, waits while the exchange is paused and while no purchase has confirmed the price.
    pub fn require_open(&self) -> ProgramResult {
        let rules = &self.exchange.rules;
        require(!self.exchange.is_paused, &fault::TRADING_PAUSED)?;
        let age = seconds(self.index.market.anchored_at, self.now);
        require(age <= rules.index_max_age_seconds, &fault::PRICE_STALE)
    }

    /// Count opened notional of a side; it and the whole must stay within their bounds.
    pub fn count_opened(&mut self, is_long: bool, notional: u64) -> ProgramResult {
        let rules = self.exchange.rules;
        let state = &mut self.index.market;
        let side = if is_long { &mut state.long_notional } else { &mut state.short_notional };
        *side = add(*side, notional)?;
        require(*side <= rules.max_open_interest, &fault::OPEN_INTEREST_ABOVE_LIMIT)?;
        let funds = &self.exchange.funds;
        let open = u128::from(funds.open_notional).saturating_mul(crate::number::BPS);
        let carried = u128::from(funds.bankroll).saturating_mul(u128::from(rules.max_open_interest_bankroll_bps));
        require(open <= carried, &fault::OPEN_INTEREST_ABOVE_BANKROLL)
    }

    /// Count closed notional of a side.
    pub fn count_closed(&mut self, is_long: bool, notional: u64) -> ProgramResult {
        let state = &mut self.index.market;
        let side = if is_long { &mut state.long_notional } else { &mut state.short_notional };
        *side = sub(*side, notional)?;
        Ok(())
    }

    /// Let the index follow a trade that has changed the skew, and tell it.
    #[inline(never)]
    pub fn publish(&mut self, trade: &Trade) -> ProgramResult {
        let rules = self.exchange.rules;
        let mark = self.index.market.mark(self.now, rules.mark_window_seconds)?;
        self.index.market.enter_slot(current_slot()?);
        self.index.market.publish(rules.index_clamp_ppm, self.now, mark)?;
        emit_updated(&self.index, TRADE, trade, mark)
    }

    /// Tell that time was counted and the index did not change.
    #[inline(never)]
    pub fn tell_advanced(&self) -> ProgramResult {
        emit_advanced(&self.exchange, &self.index, self.now)
    }

    /// The keeper's fee leaves the margin vault.
    pub fn pay_keeper(&mut self, target: &TokenAccount) -> ProgramResult {
        let amount = self.done.keeper_fee;
        if amount > 0 {
            pay(&self.exchange, &self.vaults.margin, target, amount)?;
            self.before.margin = sub(self.before.margin, amount)?;
        }
        Ok(())
    }

    /// Record what could not be paid, move tokens as the funds moved, write the accounts.
    #[inline(never)]
    pub fn finish(&mut self) -> ProgramResult {
        if self.done.claimed > 0 {
            self.pay_late()?;
        }
        if self.done.claimed > 0 {
            self.record_claim()?;
        }
        self.vaults.follow(&self.exchange, &self.before)?;
        self.exchange.store()?;
        self.index.store()?;
        self.trader.store()
    }

    /// What came in after a profit that could not be paid serves that profit before it becomes a claim.
    fn pay_late(&mut self) -> ProgramResult {
        let payment = self.exchange.funds.pay(self.done.claimed)?;
        let balance = &mut self.trader.balance;
        balance.collateral = add(balance.collateral, add(payment.bankroll, payment.insurance)?)?;
        self.done.from_bankroll = add(self.done.from_bankroll, payment.bankroll)?;
        self.done.from_insurance = add(self.done.from_insurance, payment.insurance)?;
        self.done.claimed = payment.unpaid;
        Ok(())
    }

    #[inline(never)]
    fn record_claim(&mut self) -> ProgramResult {
        let trader = *self.trader.key();
        let number = self.trader.balance.claim_count;
        let id = number.to_le_bytes();
        let seeds = [seed::CLAIM, trader.as_ref(), id.as_ref()];
        let bump = create_state(&self.claim, CLAIM_SPACE, &seeds, &self.payer, &self.program_id)?;
        let (start, amount) = (self.exchange.funds.claims_issued, self.done.claimed);
        let state =
            Claim { version: seed::VERSION, bump, trader, number, start, amount, paid: 0, recorded_at: self.now };
        Loaded::new(self.claim, state).store()?;
        self.exchange.funds.claims_issued = add_wide(start, u128::from(amount))?;
        self.trader.balance.claim_count = add(number, 1)?;
        emit(&ClaimRecorded { claim: *self.claim.key(), trader, number, start, amount, at: self.now })
    }
}

/// Price of a market at a skew of its own, `bound_ppm` around a reference.
pub fn series_price(reference: u128, long: u64, short: u64, bound_ppm: u32, depth: u64) -> Result<u128> {
    at_skew(reference, i128::from(long).saturating_sub(i128::from(short)), bound_ppm, depth)
}

/// Worst price that a trader accepts; zero for none.
pub fn require_price(is_buy: bool, price: u128, limit: u128) -> ProgramResult {
    let is_fine = limit == 0 || if is_buy { price <= limit } else { price >= limit };
    require(is_fine, &fault::PRICE_BEYOND_LIMIT)
}

/// Count time in an index, and tell which milestones passed.
#[inline(never)]
pub fn advance(exchange: &Exchange, index: &mut Loaded<Index>, now: i64) -> ProgramResult {
    let passed = index.advance(&exchange.rules, now)?;
    for milestone in passed {
        emit(&MilestonePassed { index: *index.key(), model: index.model, milestone })?;
    }
    Ok(())
}

pub fn emit_advanced(exchange: &Exchange, index: &Loaded<Index>, now: i64) -> ProgramResult {
    let mark = index.market.mark(now, exchange.rules.mark_window_seconds)?;
    emit(&IndexAdvanced { index: *index.key(), model: index.model, mark, market: index.market })
}

pub fn emit_updated(index: &Loaded<Index>, cause: u8, trade: &Trade, mark: u128) -> ProgramResult {
    let state = index.market;
    emit(&IndexUpdated {
        index: *index.key(),
        model: index.model,
        price: state.price,
        slot: state.last_slot,
        at: state.updated_at,
        cause,
        is_buy: trade.is_buy,
        gpu_seconds: trade.size,
        value: trade.value,
        traded_price: trade.price,
        mark,
        market: state,
    })
}

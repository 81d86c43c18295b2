//! `create_order`: a buyer takes GPU time of an offer, prepaid or per second. The whole price goes to the order's own
//! vault, a part of the provider's bond is locked, and pool, price and fee are fixed for the order's life.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::{create_state, create_vault},
    entry::read_args,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
    token::{TokenAccount, transfer},
};

use super::Context;
use crate::{
    amount::{add, add_seconds, infer_value, order_bond, order_price},
    eligibility,
    event::OrderCreated,
    faults,
    interface::args::CreateOrderArgs,
    pricing::{current_price, index_address},
    state::{
        BUYER_SEED, BUYER_SPACE, Buyer, ORDER_CREATED, ORDER_SEED, ORDER_SPACE, ORDER_VAULT_SEED, Offer, Order,
        Provider, Settings, VERSION,
    },
};

struct CreateOrder<'a> {
    program_id: &'a Address,
    payer: Slot,
    buyer: Slot,
    settings: Loaded<Settings>,
    provider: Loaded<Provider>,
    offer: Loaded<Offer>,
    buyer_record: Slot,
    order: Slot,
    vault: Slot,
    mint: Slot,
    source: TokenAccount,
    index: Option<Slot>,
}

pub fn process(context: Context, data: &[u8]) -> ProgramResult {
    let args: CreateOrderArgs = read_args(data)?;
    let mut call = CreateOrder::load(context)?;
    call.check_accounts()?;
    call.check_terms(&args)?;
    call.run(&args)
}

impl<'a> CreateOrder<'a> {
    fn load((program_id, mut accounts): Context<'a>) -> Result<Self, ProgramError> {
        let mut call = Self {
            program_id,
            payer: accounts.signer("payer")?,
            buyer: accounts.signer("buyer")?,
            settings: accounts.load("marketplace")?,
            provider: accounts.load("provider")?,
            offer: accounts.load("offer")?,
            buyer_record: accounts.any("buyer_record")?,
            order: accounts.any("order")?,
            vault: accounts.any("vault")?,
            mint: accounts.mint("mint")?,
            source: accounts.token_account("buyer_token_account")?,
            index: None,
        };
        accounts.token_program("token_program")?;
        accounts.system_program("system_program")?;
        call.index = accounts.optional("index")?;
        Ok(call)
    }

    fn check_accounts(&self) -> ProgramResult {
        let written =
            [&self.payer, &self.provider.slot, &self.offer.slot, &self.buyer_record, &self.order, &self.vault];
        written.into_iter().try_for_each(Slot::require_writable)?;
        self.source.slot.require_writable()?;
        self.offer.slot.require(self.offer.provider == *self.provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
        self.mint.require_address(&self.offer.mint)?;
        let is_source = self.source.holder == *self.buyer.key() && self.source.mint == self.offer.mint;
        self.source.slot.require(is_source, &faults::INVALID_BUYER_TOKEN_ACCOUNT)
    }

    fn check_terms(&self, args: &CreateOrderArgs) -> ProgramResult {
        let offer = &self.offer;
        require(!self.settings.is_paused, &faults::ORDERS_PAUSED)?;
        require(!offer.is_closed, &faults::OFFER_IS_CLOSED)?;
        require(args.units > 0, &faults::ZERO_UNITS)?;
        require(args.units <= offer.units_free, &faults::UNITS_UNAVAILABLE)?;
        let is_in_range = (offer.min_seconds..=offer.max_seconds).contains(&args.seconds);
        require(is_in_range, &faults::DURATION_OUT_OF_RANGE)
    }

    fn run(&mut self, args: &CreateOrderArgs) -> ProgramResult {
        let now = unix_timestamp()?;
        let index_address = index_address(&self.settings, self.offer.model);
        let price = current_price(&self.settings, &self.offer, self.index.as_ref(), &index_address, now)?;
        require(price <= args.max_price_per_gpu_hour, &faults::PRICE_ABOVE_LIMIT)?;
        let amount = order_price(args.units, args.seconds, price)?;
        let value = infer_value(&self.settings, amount, self.offer.mint == self.settings.usdc_mint)?;
        let bond = order_bond(&self.settings, value)?;
        let tier_minimum = self.settings.tier_minimum_bond(self.provider.tier);
        self.provider.lock(bond, tier_minimum, now)?;
        eligibility::check(&self.settings, &self.provider, value)?;
        self.provider.open_order_count =
            self.provider.open_order_count.checked_add(1).ok_or_else(|| faults::ARITHMETIC_OVERFLOW.raise())?;
        // `check_terms` has compared the two.
        self.offer.units_free = self.offer.units_free.saturating_sub(args.units);

        let order = self.create_order(args, now, |state| {
            state.index = index_address;
            state.price_per_gpu_hour = price;
            state.amount = amount;
            state.bond_locked = bond;
        })?;
        transfer(&self.source.slot, &self.vault, &self.buyer, amount)?;
        self.provider.store()?;
        self.offer.store()?;
        emit(&created(&order))
    }

    /// Takes the next number of the buyer's record, which the first order creates.
    fn next_order_id(&self) -> Result<u64, ProgramError> {
        let seeds = [BUYER_SEED, self.buyer.key().as_ref()];
        let mut record = if self.buyer_record.view.owned_by(self.program_id) {
            self.buyer_record.load::<Buyer>(self.program_id)?
        } else {
            let bump = create_state(&self.buyer_record, BUYER_SPACE, &seeds, &self.payer, self.program_id)?;
            let state = Buyer { version: VERSION, bump, buyer: *self.buyer.key(), order_count: 0, fees_paid: 0 };
            Loaded::new(self.buyer_record, state)
        };
        record.slot.require(record.buyer == *self.buyer.key(), &fault::CONSTRAINT_HAS_ONE)?;
        let order_id = record.order_count;
        record.order_count = add(order_id, 1)?;
        record.store()?;
        Ok(order_id)
    }

    /// Creates the order and its vault; `price` fills in what it costs.
    fn create_order(
        &self,
        args: &CreateOrderArgs,
        now: i64,
        price: impl FnOnce(&mut Order),
    ) -> Result<Loaded<Order>, ProgramError> {
        let order_id = self.next_order_id()?;
        let id_seed = order_id.to_le_bytes();
        let seeds = [ORDER_SEED, self.buyer.key().as_ref(), id_seed.as_ref()];
        let bump = create_state(&self.order, ORDER_SPACE, &seeds, &self.payer, self.program_id)?;
        let vault_seeds = [ORDER_VAULT_SEED, self.order.key().as_ref()];
        let vault_bump =
            create_vault(&self.vault, &self.mint, self.order.key(), &vault_seeds, &self.payer, self.program_id)?;
        let state = Order {
            version: VERSION,
            bump,
            vault_bump,
            order_id,
            buyer: *self.buyer.key(),
            provider: *self.provider.key(),
            offer: *self.offer.key(),
            operator_pool: self.provider.operator_pool,
            mint: self.offer.mint,
            model: self.offer.model,
            units: args.units,
            seconds: args.seconds,
            ssh_key_hash: args.ssh_key_hash,
            status: ORDER_CREATED,
            created_at: now,
            start_deadline: add_seconds(now, self.settings.start_deadline_seconds)?,
            is_streaming: args.is_streaming,
            platform_fee_bps: self.settings.platform_fee_bps,
            fee_burn_bps: self.settings.fee_burn_bps,
            fee_verifier_bps: self.settings.fee_verifier_bps,
            ..Order::default()
        };
        let mut order = Loaded::new(self.order, state);
        price(&mut order);
        order.store()?;
        Ok(order)
    }
}

fn created(order: &Loaded<Order>) -> OrderCreated {
    OrderCreated {
        order: *order.key(),
        offer: order.offer,
        provider: order.provider,
        operator_pool: order.operator_pool,
        buyer: order.buyer,
        order_id: order.order_id,
        model: order.model,
        units: order.units,
        seconds: order.seconds,
        price_per_gpu_hour: order.price_per_gpu_hour,
        mint: order.mint,
        amount: order.amount,
        bond_locked: order.bond_locked,
        ssh_key_hash: order.ssh_key_hash,
        created_at: order.created_at,
        start_deadline: order.start_deadline,
        is_streaming: order.is_streaming,
        index: order.index,
        platform_fee_bps: order.platform_fee_bps,
        fee_burn_bps: order.fee_burn_bps,
        fee_verifier_bps: order.fee_verifier_bps,
    }
}

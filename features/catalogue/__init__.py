"""The catalogue: every feature, one kind of trace a file."""

from features.catalogue.auctions import Auctions
from features.catalogue.case_age import CaseAge
from features.catalogue.cause import Cause
from features.catalogue.civil_status import CivilStatus
from features.catalogue.claim import Claim
from features.catalogue.consumption import Consumption
from features.catalogue.credit import Credit
from features.catalogue.creditors import Creditors
from features.catalogue.debtors import Debtors
from features.catalogue.deposits import Deposits
from features.catalogue.disclosure import Disclosure
from features.catalogue.equity import Equity
from features.catalogue.housing_fund import HousingFund
from features.catalogue.income import Income
from features.catalogue.industry import Industry
from features.catalogue.insurance import Insurance
from features.catalogue.litigation import Litigation
from features.catalogue.measures_taken import MeasuresTaken
from features.catalogue.party import Party
from features.catalogue.performance import Performance
from features.catalogue.platform_balances import PlatformBalances
from features.catalogue.real_property import RealProperty
from features.catalogue.registrations import Registrations
from features.catalogue.restricted_consumption import RestrictedConsumption
from features.catalogue.securities import Securities
from features.catalogue.terms import Terms
from features.catalogue.transfers import Transfers
from features.catalogue.vehicles import Vehicles
from features.catalogue.wealth_products import WealthProducts
from features.declare import Catalogue

CATALOGUE = Catalogue(
    families=(
        Claim,
        Terms,
        CaseAge,
        Creditors,
        Cause,
        Debtors,
        Party,
        Industry,
        Deposits,
        Securities,
        WealthProducts,
        Insurance,
        HousingFund,
        PlatformBalances,
        RealProperty,
        Vehicles,
        Equity,
        Income,
        Consumption,
        Credit,
        RestrictedConsumption,
        Registrations,
        CivilStatus,
        Transfers,
        Litigation,
        MeasuresTaken,
        Auctions,
        Performance,
        Disclosure,
    )
)

__all__ = ["CATALOGUE"]

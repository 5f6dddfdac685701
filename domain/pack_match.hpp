// Which batches on record a pack in hand can be (rules 2.3). A part of the verdict, apart because
// it answers another question: not "may it be sold" but "which is it". Pure; any thread.
#pragma once

#include "domain/verdict.hpp"

#include <span>
#include <vector>

namespace fangxin::domain {

/// The batches that the evidence names, in the order given; empty if it names none of them.
///     evidence              batches
///     batch id              that one; if a person picked it, with those that look the same
///     lot                   of this lot, of them those with the pack's date; if none has the lot,
///                           those of the date whose lot was never recorded
///     date alone            those of this date
/// Dates are compared production with production and expiry with expiry; where pack and record have
/// not the same one, expiry is computed from the item's shelf life. A batch out of the verdict is
/// named only if no other one is.
std::vector<const Batch*> batches_named(const PackEvidence& evidence,
                                        std::span<const Batch> batches, const Item& item);

/// True if pack and record differ in nothing that a person could see.
bool look_the_same(const Batch& one, const Batch& other);

}  // namespace fangxin::domain

#include "terminal/station/complaints.hpp"

#include "domain/masked_text.hpp"
#include "sync/sealed_text.hpp"
#include "terminal/station/lists.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

constexpr std::array channels{"", "in_person", "phone", "letter", "box"};
constexpr std::array severities{"", "low", "normal", "high"};

std::string or_else(const std::string& text, std::string_view otherwise) {
    return text.empty() ? std::string(otherwise) : text;
}

struct SealedContact {
    std::string shown;
    std::string sealed;
};

/// As it is written down here: this terminal cannot read it again. A store whose server has told no
/// key keeps it as it was said, or nobody could ever call the customer.
SealedContact sealed_contact(Station& station, const std::string& contact) {
    const auto key = sync::read_seal_key(station.shop().setting(sync::contact_key_setting, ""));
    if (contact.empty() || !key) return {contact, ""};
    return {domain::masked_contact(contact), sync::seal(*key, contact)};
}

}  // namespace

Result<std::string> take_complaint(Station& station, const ComplaintTexts& texts) {
    auto refusal = station.may(domain::Action::complaint_take);
    if (!refusal.code.empty()) return failure(refusal.code);
    if (texts.what.empty()) return failure("bad_value", "what");
    if (std::ranges::find(channels, texts.channel) == channels.end()) {
        return failure("bad_value", "channel: in_person, phone, letter, box");
    }
    if (std::ranges::find(severities, texts.severity) == severities.end()) {
        return failure("bad_value", "severity: low, normal, high");
    }
    std::string item;
    if (!texts.item.empty()) {
        auto found = find_item(station, texts.item);
        if (!found) return failure("no_such_item", texts.item);
        item = found->item.code;
    }
    std::string id;
    auto done = station.transact([&](sync::Database& database) -> Result<void> {
        sync::LogState number = sync::next_op(database);
        id = fmt::format("C-{}-{}-{}", station.options().terminal, number.epoch, number.last_seq);
        const SealedContact contact = sealed_contact(station, texts.contact);
        sync::ComplaintTaken taken{.complaint = id,
                                   .channel = or_else(texts.channel, "in_person"),
                                   .customer = texts.customer,
                                   .contact = contact.shown,
                                   .receipt = texts.receipt,
                                   .item = item,
                                   .batch = texts.batch,
                                   .what = texts.what,
                                   .severity = or_else(texts.severity, "normal"),
                                   .contact_sealed = contact.sealed};
        auto appended = sync::append_op(database, station.draft(taken));
        if (!appended) return tl::unexpected(appended.error());
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return id;
}

}  // namespace fangxin::terminal

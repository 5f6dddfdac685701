// Complaints by state and age, what is overdue marked; all of one with its steps (COMP-1, COMP-2).
// Contact data is whole only where the facts say that the person may see it (COMP-6); it is masked
// before it comes here, so that a mistake on this page shows too little. Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "terminal/admin/list_page_model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::admin {

struct ComplaintFact {
    std::string id;
    std::string state;  ///< `received` `accepted` `declined` `in_progress` `resolved` `closed` …
    std::string channel;  ///< `in_person` `phone` `letter` `box`
    std::string customer;
    std::string contact;  ///< masked unless the person may see it
    bool contact_masked = true;
    bool can_show_contact = false;  ///< the server tells all of it, and notes that it did
    bool contact_awaited = false;
    std::string receipt;
    std::string item_name;
    std::string batch;
    std::string what;
    std::string severity;  ///< `low` `normal` `high`
    std::string taken_by;
    std::string terminal;
    domain::StoreTime taken_at;
    domain::StoreTime answer_due;
    struct Step {
        domain::StoreTime at;
        std::string person;
        std::string words;
    };
    std::vector<Step> steps;  ///< oldest first
};

struct ComplaintsFacts {
    std::vector<ComplaintFact> complaints;
    domain::StoreTime now;
};

/// Chips: `open` is whatever is not closed or declined.
enum class ComplaintFilter { open, overdue, all };

bool is_open(const ComplaintFact& fact);
/// No answer within its time (COMP-1).
bool is_overdue(const ComplaintFact& fact, const domain::StoreTime& now);

/// Whether the chosen one's button asks for the whole contact.
bool shows_contact(const std::string& chosen, const ComplaintsFacts& facts);

/// Overdue first, then by when the answer is due.
ListPageView present_complaints(const ListState& state, const ComplaintsFacts& facts,
                                const kit::TextTable& texts);

}  // namespace fangxin::admin

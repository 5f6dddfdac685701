// What the journal page has asked the server, and what came (REPT-2). Main loop only.
#pragma once

#include "terminal/admin/journal_model.hpp"
#include "terminal/station/station.hpp"

#include <functional>
#include <optional>
#include <string>

namespace fangxin::terminal {

class JournalDesk {
  public:
    using NameOf = std::function<std::string(const std::string& number)>;

    JournalDesk(Station& station, const kit::TextTable& texts) : station_(station), texts_(texts) {}

    /// The page was opened: what was found before may be old.
    void forget();
    /// Asks what this state of the page wants and was not asked yet, one question at a time.
    void want(const admin::ListState& shown);
    void want_older();
    /// An answer came; false: none of ours.
    bool take_answers();
    /// `name_of` tells a person's name.
    admin::JournalFacts facts(const NameOf& name_of) const;

  private:
    struct Question {
        admin::JournalSearch search;
        std::string kind;
        bool operator==(const Question&) const = default;
    };
    void ask(const Question& question, const std::string& after);
    void want_entry(const std::string& chosen);
    admin::JournalFact fact_of(const sync::JournalLine& line, const NameOf& name_of) const;
    admin::EntryFact entry_fact(const sync::JournalEntry& entry) const;

    Station& station_;
    const kit::TextTable& texts_;
    std::optional<Question> asked_;
    std::optional<Question> next_;  ///< wanted while another is being answered
    bool awaited_ = false;
    std::vector<sync::JournalLine> lines_;
    std::string more_;  ///< where to go on
    std::string looked_at_;
    std::string trouble_;
    std::string entry_asked_;  ///< id
    std::string entry_trouble_;
    std::optional<sync::JournalEntry> entry_;
};

}  // namespace fangxin::terminal

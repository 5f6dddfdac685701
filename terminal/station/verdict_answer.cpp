#include "terminal/station/verdict_answer.hpp"

#include "terminal/station/words.hpp"

namespace fangxin::terminal {

namespace json = boost::json;

json::array reasons_of(const std::vector<domain::Reason>& reasons) {
    json::array array;
    for (domain::Reason reason : reasons)
        array.push_back(json::string(domain::to_text(reason)));
    return array;
}

namespace {

json::array choices_of(const domain::Verdict& verdict) {
    json::array choices;
    for (const domain::VerifyChoice& choice : verdict.choices) {
        json::object object{{"batch", choice.batch}, {"lot", choice.lot}};
        if (choice.date) object["date"] = domain::format_day_minute(*choice.date);
        choices.push_back(std::move(object));
    }
    return choices;
}

}  // namespace

void add_verdict(json::object& answer, const domain::Verdict& verdict, domain::Language language) {
    answer["verdict"] = domain::to_text(verdict.kind);
    answer["reasons"] = reasons_of(verdict.reasons);
    answer["batch"] = verdict.batch;
    answer["batch_basis"] = domain::to_text(verdict.basis);
    if (verdict.kind == domain::VerdictKind::verify) {
        answer["choices"] = choices_of(verdict);
        answer["ask"] = verdict.ask_lot ? "lot" : "date";
    }
    if (auto message = verdict_message(verdict, language); !message.empty()) {
        answer["message"] = message;
    }
}

}  // namespace fangxin::terminal

#include "drivers/label_scales/sender.hpp"

#include <algorithm>
#include <set>

namespace fangxin::drivers {

namespace {

constexpr std::size_t longest_reply = 4096;

struct Planned {
    std::size_t answer;  ///< its place among the answers
    std::string record;
};

struct Plan {
    ScaleAnswer answer;
    std::vector<Planned> fitting;  ///< all that fit, changed or not
    std::vector<int> gone;
};

Plan planned(const LabelScale& scale, const std::vector<LabelGoods>& goods,
             const SentRecords& sent) {
    Plan plan;
    std::set<int> plus;
    std::set<std::string> codes;
    for (const LabelGoods& one : goods) {
        LabelAnswer answer{.plu = one.plu,
                           .name = one.name,
                           .state = LabelState::unfit,
                           .reason = {},
                           .notes = {}};
        const std::string code =
            one.code.substr(std::min(one.code.find_first_not_of('0'), one.code.size()));
        if (!plus.insert(one.plu).second) {
            answer.reason = "two_of_one_plu";
        } else if (!codes.insert(code).second) {
            answer.reason = "two_of_one_code";
        } else if (auto fitted = fit(one, scale); !fitted) {
            answer.reason = fmt::format("{}: {}", fitted.error().code, fitted.error().detail);
        } else {
            answer.state = sent.holds(one.plu, fitted->record) ? LabelState::unchanged
                                                               : LabelState::unanswered;
            answer.notes = std::move(fitted->notes);
            plan.fitting.push_back(
                {.answer = plan.answer.goods.size(), .record = std::move(fitted->record)});
        }
        if (answer.state == LabelState::unfit && sent.all().contains(one.plu))
            answer.notes.emplace_back("older_stays");
        plan.answer.goods.push_back(std::move(answer));
    }
    for (const auto& [plu, record] : sent.all()) {
        if (!plus.contains(plu)) plan.gone.push_back(plu);
    }
    for (const int plu : plan.gone)
        plan.answer.goods.push_back({.plu = plu, .name = {}, .reason = {}, .notes = {}});
    return plan;
}

/// The line to the scale: opened when it is needed, closed after anything but a clean answer, so
/// that a late or doubled one is never taken for the next.
class Line {
  public:
    Line(const LabelScale& scale, const OpenLabelScale& open, const SendTimes& times)
        : scale_(scale), open_(open), times_(times) {}

    /// Errors: why no answer came, after all tries.
    Result<LabelReply> ask(const std::string& record, const LabelQuestion& question) {
        Error trouble;
        for (int i = 0; i < times_.tries; ++i) {
            auto reply = once(record, question);
            if (reply) return reply;
            trouble = reply.error();
            port_.reset();
        }
        return tl::unexpected(trouble);
    }

  private:
    Result<LabelReply> once(const std::string& record, const LabelQuestion& question) {
        if (port_ == nullptr) {
            auto opened = open_();
            if (!opened) return tl::unexpected(opened.error());
            port_ = std::move(*opened);
        }
        if (auto drained = drain(); !drained) return tl::unexpected(drained.error());
        const auto bytes = std::as_bytes(std::span(record));
        if (auto wrote = port_->write(bytes, times_.write_ms); !wrote)
            return tl::unexpected(wrote.error());
        const std::int64_t until_ms = monotonic_now_ms() + times_.answer_ms;
        std::string received;
        while (true) {
            const std::int64_t left_ms = until_ms - monotonic_now_ms();
            if (left_ms <= 0) return failure("silent", "no whole answer");
            auto count = port_->read(std::span(buffer_), static_cast<int>(left_ms));
            if (!count) return tl::unexpected(count.error());
            received.append(reinterpret_cast<const char*>(buffer_.data()), *count);
            if (auto reply = scale_.protocol->take_reply(received, question)) {
                if (!received.empty()) port_.reset();
                return *reply;
            }
            if (received.size() > longest_reply) return failure("bad_answer", "it has no end");
        }
    }

    /// What came unasked, a few reads of it at most.
    Result<void> drain() {
        for (int i = 0; i < 16; ++i) {
            auto count = port_->read(std::span(buffer_), 0);
            if (!count) return tl::unexpected(count.error());
            if (*count == 0) return {};
        }
        return failure("bad_answer", "it does not stop talking");
    }

    const LabelScale& scale_;
    const OpenLabelScale& open_;
    const SendTimes& times_;
    std::unique_ptr<Transport> port_;
    std::array<std::byte, 512> buffer_{};
};

/// Carries a plan out, as far as it goes.
class Round {
  public:
    Round(const LabelScale& scale, Plan plan, SentRecords& sent, Line& line)
        : protocol_(*scale.protocol),
          scale_(scale),
          plan_(std::move(plan)),
          sent_(sent),
          line_(line) {}

    Result<ScaleAnswer> run() {
        bool goes_on = true;
        if (!plan_.gone.empty()) {
            auto erased = protocol_.erase != nullptr ? erase_gone() : erase_all();
            if (!erased) return tl::unexpected(erased.error());
            goes_on = *erased;
        }
        if (goes_on) {
            if (auto put = put_changed(); !put) return tl::unexpected(put.error());
        }
        return std::move(plan_.answer);
    }

  private:
    LabelAnswer& gone_answer(std::size_t i) {
        auto& goods = plan_.answer.goods;
        return goods[goods.size() - plan_.gone.size() + i];
    }

    /// False: the scale does not answer.
    Result<bool> erase_gone() {
        for (std::size_t i = 0; i < plan_.gone.size(); ++i) {
            const int plu = plan_.gone[i];
            if (auto noted = sent_.unknown({plu}); !noted) return tl::unexpected(noted.error());
            auto reply =
                line_.ask(protocol_.erase(scale_, plu), {.order = LabelOrder::erase, .plu = plu});
            if (!reply) return stopped(reply.error());
            tell(gone_answer(i), *reply, LabelState::removed);
            if (!reply->accepted) continue;
            if (auto noted = sent_.removed({plu}); !noted) return tl::unexpected(noted.error());
        }
        return true;
    }

    /// All go, and all that fit come back.
    Result<bool> erase_all() {
        std::vector<int> plus;
        for (const auto& [plu, record] : sent_.all())
            plus.push_back(plu);
        if (auto noted = sent_.unknown(plus); !noted) return tl::unexpected(noted.error());
        for (const Planned& one : plan_.fitting)
            plan_.answer.goods[one.answer].state = LabelState::unanswered;
        auto reply =
            line_.ask(protocol_.erase_all(scale_), {.order = LabelOrder::erase_all, .plu = 0});
        if (!reply) return stopped(reply.error());
        for (std::size_t i = 0; i < plan_.gone.size(); ++i)
            tell(gone_answer(i), *reply, LabelState::removed);
        if (!reply->accepted) return true;
        if (auto noted = sent_.removed(plus); !noted) return tl::unexpected(noted.error());
        for (LabelAnswer& answer : plan_.answer.goods)
            std::erase(answer.notes, "older_stays");  // nothing older is there any more
        return true;
    }

    Result<void> put_changed() {
        std::vector<int> changed;
        for (const Planned& one : plan_.fitting) {
            const LabelAnswer& answer = plan_.answer.goods[one.answer];
            if (answer.state == LabelState::unanswered) changed.push_back(answer.plu);
        }
        if (changed.empty()) return {};
        if (auto noted = sent_.unknown(changed); !noted) return noted;
        for (const Planned& one : plan_.fitting) {
            LabelAnswer& answer = plan_.answer.goods[one.answer];
            if (answer.state != LabelState::unanswered) continue;
            auto reply = line_.ask(one.record, {.order = LabelOrder::put, .plu = answer.plu});
            if (!reply) {
                stopped(reply.error());
                return {};
            }
            tell(answer, *reply, LabelState::accepted);
            if (!reply->accepted) continue;
            if (auto noted = sent_.acknowledged(answer.plu, one.record); !noted) return noted;
        }
        return {};
    }

    bool stopped(Error trouble) {
        plan_.answer.trouble = std::move(trouble);
        return false;
    }

    static void tell(LabelAnswer& answer, const LabelReply& reply, LabelState done) {
        answer.state = reply.accepted ? done : LabelState::refused;
        answer.reason = reply.reason;
    }

    const LabelProtocol& protocol_;
    const LabelScale& scale_;
    Plan plan_;
    SentRecords& sent_;
    Line& line_;
};

}  // namespace

bool ScaleAnswer::complete() const {
    return std::all_of(goods.begin(), goods.end(), [](const LabelAnswer& one) {
        return one.state == LabelState::accepted || one.state == LabelState::unchanged ||
               one.state == LabelState::removed;
    });
}

Result<ScaleAnswer> send_goods(const LabelScale& scale, const std::vector<LabelGoods>& goods,
                               SentRecords& sent, const OpenLabelScale& open,
                               const SendTimes& times) {
    Line line(scale, open, times);
    return Round(scale, planned(scale, goods, sent), sent, line).run();
}

ScaleAnswer standing(const LabelScale& scale, const std::vector<LabelGoods>& goods,
                     const SentRecords& sent) {
    return planned(scale, goods, sent).answer;
}

}  // namespace fangxin::drivers

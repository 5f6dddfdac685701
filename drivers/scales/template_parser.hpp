// Scales whose frames are told by templates: nearly all of them. Takes frames out of whatever the
// line gives, finds its way back after any noise, and makes readings of them. One thread.
#pragma once

#include "drivers/scales/frame_template.hpp"
#include "drivers/scales/scale_parser.hpp"

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::drivers {

struct StateWord {
    std::string text;  ///< as it stands in {state}
    ScaleState state = ScaleState::fault;
};

/// One sort of frame. The first rule that matches wins.
struct FrameRule {
    std::string frame;              ///< a template
    std::vector<StateWord> states;  ///< of its {state}; a word that is missing here is no frame
    ScaleState state = ScaleState::stable;  ///< of a frame without {state}
    std::string unit = "kg";                ///< where the frame does not say it
    /// Looks at what only this protocol knows; none if it is no frame after all. `reading` is
    /// filled already.
    std::optional<Reading> (*refine)(const FrameFields& fields, Reading reading) = nullptr;
    std::string reply{};  ///< to be sent when the frame comes, which then is no reading
};

struct FrameProtocol {
    std::vector<FrameRule> rules;
    bool seven_bits = false;  ///< the eighth is parity, or nothing
    int decimals = 0;         ///< of digits without a point
};

class TemplateParser final : public ScaleParser {
  public:
    /// Every template must be a right one.
    explicit TemplateParser(FrameProtocol protocol);

    void feed(std::span<const std::byte> bytes) override;
    std::optional<Reading> next() override;
    std::string reply() override { return std::exchange(reply_, {}); }
    std::size_t held() const override { return raw_.size() + ready_.size(); }

  private:
    struct Compiled {
        FrameTemplate frame;
        FrameRule rule;
    };

    void settle();
    /// How many bytes at the front are used up; 0: wait for more.
    std::size_t settle_front();
    std::optional<Reading> read(const FrameRule& rule, const FrameTemplate::Match& match) const;

    std::vector<Compiled> rules_;
    bool seven_bits_;
    int decimals_;
    std::string raw_;   ///< as they came
    std::string text_;  ///< the same as they are matched
    std::deque<Reading> ready_;
    std::string reply_;
};

}  // namespace fangxin::drivers

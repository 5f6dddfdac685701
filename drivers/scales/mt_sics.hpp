// Mettler-Toledo MT-SICS. `SI` is answered with the net mass and no word of the tare, so each
// answer is followed by `TA`, and a reading is made of both: gross = net + tare.
//     SI  →  S S      1.184 kg          S net, stable; D moving; I + - no weight, over, under
//     TA  →  TA A      0.050 kg         I not now; ES: this scale knows no TA (level 0)
// Where the tare is not told the reading says so (tare_told), and nothing is sold by it. A scale
// that was mute about it is asked again at every tenth answer.
// Sources: Mettler-Toledo AL-IC operating instructions p. 72; AT operating instructions, "S: get
// the current stable net weight value"; MT-SICS reference manual 11780711, TA. One thread.
#pragma once

#include "drivers/scales/template_parser.hpp"

#include <deque>
#include <optional>
#include <span>
#include <string>

namespace fangxin::drivers {

class MtSics final : public ScaleParser {
  public:
    MtSics();
    void feed(std::span<const std::byte> bytes) override;
    std::optional<Reading> next() override;
    std::string reply() override;
    bool give_up() override;
    std::size_t held() const override;

  private:
    void take(Reading line);
    void take_net(Reading net);
    void take_tare(const Reading& tare);
    void emit_untold(const std::string& because);
    void emit(Reading reading);

    TemplateParser lines_;
    std::optional<Reading> net_;  ///< waits for its tare
    std::deque<Reading> ready_;
    bool asks_ = false;
    int until_asked_ = 0;  ///< of a scale that does not tell its tare: answers until the next try
};

}  // namespace fangxin::drivers

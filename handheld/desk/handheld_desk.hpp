// The handheld in its window: which page is shown, what it is told, and what it asks done. Home
// lies under a stack of pages, each with its way back. The headless interface stands at the same
// place before the same goods work. Main loop only.
#pragma once

#include "handheld/desk/delivery_draft.hpp"
#include "handheld/desk/goods_facts.hpp"
#include "handheld/screens/camera_model.hpp"
#include "terminal/station/workplace.hpp"

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::handheld {

/// A page and what it remembers; of receiving that is the delivery, which lives longer.
namespace page {
struct Receive {};
struct Lookup {
    GoodsSubject of;
};
struct Batches {
    BatchesState state;
};
struct Decide {
    GoodsDeed deed = GoodsDeed::quarantine;
    std::string batch;
    DecisionState state;
    std::string photo;  ///< its name, of a correction
    kit::PicturePtr picture;
};
struct Recall {
    RecallState state;
};
struct Camera {
    CameraState state;
};
}  // namespace page
using Page = std::variant<page::Receive, page::Lookup, page::Batches, page::Decide, page::Recall,
                          page::Camera>;

class HandheldDesk {
  public:
    HandheldDesk(terminal::Station& station, terminal::Devices& devices,
                 const terminal::Preferences& preferences);

    /// One pass of the window.
    void play(kit::Ui& ui);
    kit::Sounds& sounds() { return workplace_.sounds(); }

    terminal::StationEvents station_events();
    terminal::DeviceEvents device_events();

    /// Something changed since the last question.
    bool take_changed() { return workplace_.take_changed() | std::exchange(changed_, false); }
    bool idle_work() { return facts_.take_names(); }
    void close() { closed_ = true; }
    bool closed() const { return closed_; }
    void apply_settings(kit::Settings& settings) const { workplace_.apply_settings(settings); }

  private:
    // Pages.
    void on_person();
    /// The shop's data changed, or the line to the server.
    void look_anew();
    void follow_recall(kit::Ui& ui, const std::string& recall);
    void take_up_delivery();
    void go_to(Page page);
    void go_back();
    void play_shared_bar(kit::Ui& ui, kit::Rect& rest);
    void play_page(kit::Ui& ui);
    void draw_page(kit::Ui& ui, kit::Rect rect);
    void draw_page(kit::Ui& ui, kit::Rect rect, const page::Receive&);
    void draw_page(kit::Ui& ui, kit::Rect rect, const page::Lookup& page);
    void draw_page(kit::Ui& ui, kit::Rect rect, const page::Batches& page);
    void draw_page(kit::Ui& ui, kit::Rect rect, const page::Decide& page);
    void draw_page(kit::Ui& ui, kit::Rect rect, const page::Recall& page);
    void draw_page(kit::Ui& ui, kit::Rect rect, const page::Camera& page);

    // The camera.
    void open_camera(CameraUse use) { go_to(page::Camera{{.use = use}}); }
    page::Camera* camera_page();
    void follow_camera();
    /// Before anybody can work here the camera's page reads the manager's code.
    bool reads_enrolment() { return workplace_.is_enrolling() && camera_page() != nullptr; }
    void play_enrolment_camera(kit::Ui& ui, kit::Rect rest);
    const CameraFacts& camera_facts();
    bool camera_takes(const std::string& code);
    DecisionFacts decision_facts(const page::Decide& page);

    // What is scanned, and what a page asks.
    void on_scan(const std::string& code);
    void answer(const home::Action& action);
    void answer(const receive::Action& action);
    void answer(const lookup::Action& action);
    void answer(const batches::Action& action);
    void answer(const decision::Action& action);
    void answer(const recall::Action& action);
    void answer(const camera::Action& action);

    void act(const home::OpenBatch& effect) { go_to(page::Lookup{{.id = effect.batch}}); }
    void act(const home::StartReceiving& effect);
    void act(const home::OpenBatches& effect);
    void act(const home::OpenComplaint& effect);
    void act(const home::LookUp& effect) { look_up(effect.code); }
    void act(const home::Go& effect);

    void act(const lookup::Do& effect);
    void act(const lookup::OpenBatch& effect) { go_to(page::Lookup{{.id = effect.batch}}); }
    void act(const lookup::LookUp& effect) { look_up(effect.code); }
    void act(const lookup::Leave&) { go_back(); }

    void act(const batches::OpenBatch& effect) { go_to(page::Lookup{{.id = effect.batch}}); }
    void act(const batches::LookUp& effect) { look_up(effect.code); }
    void act(const batches::Write& effect);
    void act(const batches::Leave&) { go_back(); }

    void act(const receive::FindItem& effect);
    void act(const receive::Write& effect);
    void act(const receive::Book& effect);
    void act(const receive::Heard& effect) { heard_on_page(effect.accepted); }
    void act(const receive::OpenCamera&) { open_camera(CameraUse::codes); }
    void act(const receive::Leave&) { go_back(); }

    void act(const decision::Do& effect);
    void act(const decision::Write& effect);
    void act(const decision::TakePhoto&) { open_camera(CameraUse::photo); }
    void act(const decision::Heard& effect) { heard_on_page(effect.accepted); }
    void act(const decision::Leave&) { go_back(); }

    void act(const recall::FindItem& effect);
    void act(const recall::Write& effect);
    void act(const recall::Make& effect);
    void act(const recall::Heard& effect) { heard_on_page(effect.accepted); }
    void act(const recall::OpenCamera&) { open_camera(CameraUse::codes); }
    void act(const recall::Leave&) { go_back(); }

    void act(const camera::KeepPhoto&);
    void act(const camera::Leave&);

    void look_up(const std::string& code);
    /// Goods that a task or a page asks to receive; no item: whatever comes.
    struct Wanted {
        std::string item;
        std::string code;  ///< as scanned; its lot and dates are used
        std::string lot;
        std::optional<domain::DayMinute> date;  ///< of the kind that the item prints
    };
    void begin_receiving(const Wanted& wanted);
    Error trouble_with(const std::string& code) const;
    void book(const receive::Book& delivery, const std::string& approver);
    void ask_manager(const receive::Book& delivery, const Done& refused);
    void decide(const decision::Do& deed, const std::string& approver);
    Done carry_out(const decision::Do& deed, const std::string& approver);
    void make(const terminal::RecallOrder& order, const std::string& approver);
    void heard(bool accepted);
    /// What the page in front made of a scan or an answer; what it refuses is said in words, too,
    /// by the page or over it.
    void heard_on_page(bool accepted);
    std::string refusal_on_page() const;
    void say_no_photo();

    /// Rules 8: at once, after a second person's PIN, or not at all, then with an error code.
    struct Rightful {
        domain::Action action = domain::Action::receive;
        std::string what;  ///< for the second person
        std::function<void(const std::string& approver)> then;
        std::function<void(const std::string& error)> refused;
    };
    void with_right(Rightful rightful);

    // Writing by the keyboard on the screen.
    struct Written {
        std::string title;
        std::string text;
        bool is_search = false;  ///< answered at every letter, over the page's hits
        std::function<void(const std::string&)> wrote;
    };
    void write(Written written);
    void play_writing(kit::Ui& ui);
    void draw_writing(kit::Ui& ui, kit::Rect rest);
    void draw_hits(kit::Ui& ui, kit::Rect rest);
    void end_writing();

    terminal::Station& station_;
    terminal::Devices& devices_;
    terminal::Workplace workplace_;
    GoodsWork work_;
    GoodsFacts facts_;
    HomeState home_;
    std::vector<Page> pages_;
    struct Sight {
        CameraFacts facts;
        std::int64_t number = 0;  ///< of the picture in the facts
    };
    Sight sight_;
    ReceiveState receive_;
    DeliveryDraft draft_;
    std::optional<Written> writing_;
    bool is_beside_ = false;          ///< a page that till and handheld share is open
    bool has_left_delivery_ = false;  ///< a crash left one that nobody has seen yet
    bool changed_ = true;
    bool closed_ = false;
};

}  // namespace fangxin::handheld

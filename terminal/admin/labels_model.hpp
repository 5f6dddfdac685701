// The shop's label formats (SALE-14): which there are, one label taken apart by them digit by
// digit, and a draft of others that counts nowhere until it has read a label and is saved for every
// till. Pure; any thread.
#pragma once

#include "domain/label_format.hpp"
#include "domain/result.hpp"
#include "terminal/admin/form_model.hpp"
#include "terminal/station/labels.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::admin {

using LabelList = std::vector<domain::LabelFormatSettings>;

struct LabelsFacts {
    LabelList formats;  ///< in force at this till
    terminal::LabelSource source = terminal::LabelSource::usual;
    bool is_setting_bad = false;  ///< the shop's setting cannot be read: the last good one counts
    bool may_edit = false;
    /// The label scanned last, by the draft or by what is in force; none: nobody scanned one.
    std::optional<terminal::LabelTrial> trial;
};

struct LabelsState {
    std::optional<LabelList> draft;  ///< what is being tried; none: what is in force
    std::string code;                ///< of the label scanned last
    bool operator==(const LabelsState&) const = default;
};

/// What is shown, tried and would be saved.
const LabelList& labels_shown(const LabelsState& state, const LabelsFacts& facts);
/// Those of them that can be applied, or the first thing that is wrong, by its code.
Result<domain::LabelFormats> formats_of(const LabelList& list);

ListPageView present_labels(const ListState& list, const LabelsState& state,
                            const LabelsFacts& facts, const kit::TextTable& texts);

/// What the row's buttons do, by their place.
enum class LabelDeed { change, add, remove, drop };
std::vector<LabelDeed> deeds_of(const LabelsState& state, const LabelsFacts& facts);
/// A label was read by the draft and would be sold: it may be saved.
bool may_save(const LabelsState& state, const LabelsFacts& facts);
/// The format whose details are shown; none if there is none at all.
std::optional<std::size_t> chosen_label(const ListState& list, const LabelList& shown);

/// None: a new one.
FormDraft begin_label(const LabelList& shown, std::optional<std::size_t> of);
FormDraft begin_saving_labels();
/// Of the kinds label_format and save_labels.
FormView present_label_form(const FormDraft& draft, const kit::TextTable& texts);
/// The format that was written down goes into the draft; else the code of what is wrong.
std::string take_label(const FormDraft& form, LabelsState& state, const LabelsFacts& facts);
/// What is wrong with a format, in words.
std::string label_trouble_words(const std::string& code, const kit::TextTable& texts);

}  // namespace fangxin::admin

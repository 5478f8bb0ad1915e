#include <candour/inspect/sheets/shared_texts.hpp>

#include <candour/inspect/package/package_rules.hpp>
#include <candour/inspect/package/rule_scanner.hpp>

#include <algorithm>

namespace candour::inspect {
namespace {

constexpr std::uint64_t block_bytes = std::uint64_t{1} << 20;

/// Joins the visible runs of each text; everything else goes to the scanner.
class SharedTextsHandler : public formats::XmlHandler {
 public:
  SharedTextsHandler(SharedTexts& texts, RuleScanner& scanner) : texts_(texts), scanner_(scanner) {}

  void on_start(std::string_view name, const formats::XmlAttributes& attributes) override {
    if (phonetic_depth_ > 0 || name == "s:rPh") ++phonetic_depth_;
    if (name == "s:si") text_.clear();
    if (name == "s:t" && phonetic_depth_ == 0) in_text_ = true;
    else scanner_.on_start(name, attributes);
  }
  void on_end(std::string_view name) override {
    if (name == "s:t" && phonetic_depth_ == 0) in_text_ = false;
    else scanner_.on_end(name);
    if (name == "s:si") texts_.add(text_);
    if (phonetic_depth_ > 0) --phonetic_depth_;
  }
  void on_text(std::string_view text) override {
    if (in_text_ && text_.size() <= block_bytes) text_ += text;  // a longer one is not kept anyway
    else scanner_.on_text(text);
  }
  void on_comment(std::string_view text) override { scanner_.on_comment(text); }
  void on_instruction(std::string_view target, std::string_view data) override { scanner_.on_instruction(target, data); }

 private:
  SharedTexts& texts_;
  RuleScanner& scanner_;
  std::string text_;
  std::size_t phonetic_depth_ = 0;
  bool in_text_ = false;
};

}  // namespace

void SharedTexts::add(std::string_view text) {
  const bool fits = is_complete() && texts_.size() < most_texts_ && text.size() <= block_bytes;
  used_.push_back(false);
  if (!fits) return;
  if (blocks_.empty() || blocks_.back().size() + text.size() > block_bytes) {
    if ((blocks_.size() + 1) * block_bytes > std::max(most_bytes_, block_bytes)) return;
    blocks_.emplace_back().reserve(block_bytes);
  }
  std::string& block = blocks_.back();
  const std::uint64_t begin = (blocks_.size() - 1) * block_bytes + block.size();
  if (begin + text.size() > most_bytes_) return;
  texts_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(text.size())});
  block += text;
}

std::string_view SharedTexts::text_at(std::size_t number) const {
  if (number >= texts_.size()) return "?";  // a text beyond the limit: there, but not kept
  const Kept& kept = texts_[number];
  if (kept.size == 0) return {};
  return std::string_view(blocks_[kept.block_and_begin / block_bytes]).substr(kept.block_and_begin % block_bytes, kept.size);
}

std::string_view SharedTexts::use(std::uint64_t number) {
  if (number >= used_.size()) return {};
  used_[number] = true;
  return text_at(number);
}

void SharedTexts::note_unused(Inspection& inspection, const InspectionPlace& place) const {
  NotedFinding* found = nullptr;
  for (std::size_t i = 0; i < used_.size(); ++i) {
    const std::string_view text = text_at(i);
    if (used_[i] || text.empty()) continue;
    if (found == nullptr) found = &inspection.at(FindingKind::unused_string, place);
    const std::string where = "entry " + std::to_string(i);
    found->add(where, text);
    inspection.look_at_text(place, where, text);
  }
}

base::Result<base::Done> read_shared_texts(const OpenPackage& package, const PackagePart& part, Inspection& inspection, SharedTexts& texts) {
  RuleScanner scanner(package_element_rules(), inspection, inspection.place(part.name));
  SharedTextsHandler handler(texts, scanner);
  return package.read_xml(part, handler);
}

}  // namespace candour::inspect

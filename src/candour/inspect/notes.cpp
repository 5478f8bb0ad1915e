#include <candour/inspect/notes.hpp>

#include <algorithm>
#include <utility>

namespace candour::inspect {
namespace {

constexpr std::size_t most_samples = 3;
constexpr std::size_t most_places = 200;
constexpr std::size_t longest_sample = 200;
constexpr std::size_t longest_mask = 40;
constexpr std::size_t most_gaps = 1'000;

std::string cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not inside a character
  return std::string(text.substr(0, end)) + "...";
}

/// Gives text that can be shown on a terminal: control characters read as blanks.
std::string printable(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return out;
}

}  // namespace

std::string masked(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;  // one mark for a character of several bytes
    if (out.size() == longest_mask) return out + "...";
    if (c >= '0' && c <= '9') out += '9';
    else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || byte >= 0x80) out += 'x';
    else out += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return out;
}

void NotedFinding::add_sample(std::string_view sample) {
  if (sample.empty() || samples_.size() == most_samples) return;
  std::string text = samples_mode_ == Samples::shown ? printable(cut(sample, longest_sample)) : masked(sample);
  if (std::find(samples_.begin(), samples_.end(), text) == samples_.end()) samples_.push_back(std::move(text));
}

void NotedFinding::add_cell(CellAddress cell, std::string_view sample) {
  ++count_;
  cells_.add(cell);
  add_sample(sample);
}

void NotedFinding::add(std::string_view where, std::string_view sample, std::uint64_t count) {
  count_ += count;
  if (!where.empty() && where_.size() < most_places && std::find(where_.begin(), where_.end(), where) == where_.end())
    where_.push_back(printable(cut(where, longest_sample)));
  add_sample(sample);
}

InspectionFinding NotedFinding::finished(FindingKind kind, const InspectionPlace& place) const {
  InspectionFinding finding{kind, place, cells_.texts(most_places), count_, samples_};
  finding.where.insert(finding.where.end(), where_.begin(), where_.end());
  return finding;
}

NotedFinding& Notes::at(FindingKind kind, const InspectionPlace& place) { return findings_.try_emplace({place, kind}, samples_).first->second; }

void Notes::gap(const InspectionPlace& place, std::string_view code, std::string_view sentence) {
  if (gaps_.size() < most_gaps) gaps_.push_back({place, std::string(code), std::string(sentence)});
}

void Notes::gap(const InspectionPlace& place, const base::Error& error) {
  std::string sentence = error.sentence;
  if (error.place.line > 0) sentence += " (line " + std::to_string(error.place.line) + ", column " + std::to_string(error.place.column) + ")";
  gap(place, error.code, sentence);
}

void Notes::move_into(InspectionReport& report) {
  for (const auto& [key, finding] : findings_) report.findings.push_back(finding.finished(key.second, key.first));
  report.gaps = std::move(gaps_);
  findings_.clear();
}

}  // namespace candour::inspect

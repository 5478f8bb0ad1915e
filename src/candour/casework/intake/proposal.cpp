#include <candour/casework/intake/proposal.hpp>

#include <candour/base/text.hpp>
#include <candour/casework/intake/outline.hpp>
#include <candour/casework/intake/pattern.hpp>
#include <candour/casework/intake/prompts.hpp>
#include <candour/casework/intake/sentence_roles.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace candour::casework::intake {
namespace {

constexpr std::size_t most_questions = 300;

/// What sentences say of everything that is asked, or of all that stands below them.
struct Frame {
  std::vector<AskedVariable> by;
  std::optional<AskedPeriod> period;
  std::vector<std::string> alternatives;
};

void take_frame(Frame& frame, const std::string& sentence, base::Date received) {
  add_variables(frame.by, variables_in(sentence));
  if (auto period = period_in(sentence, received)) frame.period = std::move(period);
}

/// A part of a sentence that names one alternative: "if possible only X; if that needs a manual search, Y".
std::vector<std::string> parts_by_semicolon(const std::string& sentence) {
  std::vector<std::string> parts;
  for (const std::string& part : base::split(sentence, ';'))
    if (!base::trimmed(part).empty()) parts.emplace_back(base::trimmed(part));
  return parts;
}

class Reader {
 public:
  Reader(const Letter& letter, base::Date received) : letter_(letter), received_(received), blocks_(outline_of(letter.body)) {}

  Proposal read() {
    read_blocks();
    for (ProposedQuestion& question : proposal_.questions) complete(question);
    number_questions();
    take_formats();
    proposal_.subject = subject();
    proposal_.prompts = prompts_for(letter_, proposal_, roles_);
    return std::move(proposal_);
  }

 private:
  void read_blocks() {
    for (std::size_t i = 0; i < blocks_.size() && proposal_.questions.size() < most_questions; ++i) {
      if (blocks_[i].number.empty()) read_paragraph(blocks_[i]);
      else read_item(i);
    }
  }

  /// An item: one question, the breakdown of the item above it, or no question at all.
  void read_item(std::size_t index) {
    const Block& block = blocks_[index];
    if (block.parent) {
      if (const auto named = only_variables(block.text); !named.empty() && question_of_.contains(*block.parent)) {
        add_variables(proposal_.questions[question_of_[*block.parent]].by, named);
        return;
      }
    }
    if (block.has_children && (block.text.ends_with(':') || is_heading(block.text))) {
      Frame& frame = frames_[index];
      if (block.parent && frames_.contains(*block.parent)) frame = frames_[*block.parent];
      take_frame(frame, block.text, received_);
      leads_[index] = block.text;
      if (names_breakdown_list(index)) add_question(block.number, block.number_is_given, block.text, index);
      return;
    }
    std::string text;
    SentenceRole first = SentenceRole::other;
    for (const std::string& sentence : sentences_of(block.text)) {
      SentenceRole role = role_of(sentence);
      if (role == SentenceRole::other || role == SentenceRole::lead_in) role = SentenceRole::question;  // an item asks by standing there
      if (text.empty()) first = role;
      text += (text.empty() ? "" : " ") + sentence;
      if (text.size() == sentence.size() || (first != SentenceRole::question && role == SentenceRole::question)) first = role;
    }
    if (first == SentenceRole::handling || first == SentenceRole::remark) {
      roles_[first].push_back(block.text);
      return;
    }
    static const Pattern of_question("\\bquestions? \\(?([0-9]{1,2}[a-z]?|[a-z])\\b");
    if (const auto named = of_question.find(block.text); named && first == SentenceRole::detail) {
      const auto meant = std::ranges::find(proposal_.questions, std::string(named->groups[0]), &ProposedQuestion::number);
      if (meant != proposal_.questions.end()) {
        add_variables(meant->by, variables_in(block.text));
        return;
      }
    }
    if (first == SentenceRole::detail || first == SentenceRole::fallback || first == SentenceRole::cost_scope) return read_paragraph(block);
    add_question(block.number, block.number_is_given, text, index);
  }

  static bool is_heading(const std::string& text) { return text.size() < 40 && role_of(text) != SentenceRole::question; }

  /// Whether all below an item are names of variables.
  bool names_breakdown_list(std::size_t index) const {
    bool any = false;
    for (const Block& block : blocks_) {
      if (block.parent != index) continue;
      if (only_variables(block.text).empty()) return false;
      any = true;
    }
    return any;
  }

  /// A paragraph between items: what it says goes for all; what it asks is a question of its own.
  void read_paragraph(const Block& block) {
    std::string text;
    bool asked = false;
    const auto close = [&] {
      if (asked) add_question({}, false, text, std::nullopt);
      text.clear();
      asked = false;
    };
    for (const std::string& sentence : sentences_of(block.text)) {
      const SentenceRole role = role_of(sentence);
      roles_[role].push_back(sentence);
      const bool stands_alone = !has_items() || proposal_.questions.empty();
      switch (role) {
        case SentenceRole::question:
          if (has_items() && !is_real_question(sentence)) break;
          if (asked && (has_own_mark(text) || adds_another(sentence))) close();
          text += (text.empty() ? "" : " ") + sentence;
          asked = true;
          break;
        case SentenceRole::cost_scope:
          if (proposal_.cost_scope_quote.empty()) proposal_.cost_scope_quote = sentence;
          break;
        case SentenceRole::detail:
        case SentenceRole::fallback:
          if (asked) text += " " + sentence;
          else if (!has_items() && !proposal_.questions.empty() && stands_alone) proposal_.questions.back().text += " " + sentence;
          else if (role == SentenceRole::fallback) general_.alternatives.push_back(sentence);
          else take_frame(general_, sentence, received_);
          break;
        case SentenceRole::lead_in: take_frame(general_, sentence, received_); break;
        case SentenceRole::handling:
        case SentenceRole::remark:
        case SentenceRole::other:
          if (asked && role == SentenceRole::other) text += " " + sentence;
          break;
      }
    }
    close();
  }

  bool has_items() const {
    return std::ranges::any_of(blocks_, [](const Block& block) { return !block.number.empty(); });
  }
  /// Beside a numbered list, only a sentence that is plainly a question of its own is one.
  static bool is_real_question(const std::string& sentence) {
    const auto kind = kind_of(sentence);
    static const Pattern asks_a_fact("^(?:and |also,? )?(?:what|which|who|when|where|how)\\b");
    if (!kind || (kind->kind == request::QuestionKind::explanation && !asks_a_fact.in(sentence))) return false;
    return sentence.ends_with('?') || kind->kind == request::QuestionKind::statistics;
  }
  static bool adds_another(const std::string& sentence) {
    static const Pattern also(
        "^(?:also|in addition|additionally|furthermore|finally|i (?:would )?also|please also|could (?:i|you) also|can (?:i|you) also|(?:the )?(?:total "
        ")?(?:number|amount|cost)s? (?:of|that|who)|cop(?:y|ies) of)\\b");
    return also.in(sentence);
  }
  static bool has_own_mark(const std::string& text) { return text.find('?') != std::string::npos; }

  void add_question(const std::string& number, bool is_given, std::string text, std::optional<std::size_t> block) {
    ProposedQuestion question;
    question.number = number;
    question.number_is_given = is_given && !number.empty();
    question.text = std::move(text);
    if (block) {
      question_of_[*block] = proposal_.questions.size();
      for (auto above = blocks_[*block].parent; above; above = blocks_[*above].parent)
        if (leads_.contains(*above)) question.before = leads_[*above] + (question.before.empty() ? "" : " " + question.before);
      if (const auto parent = blocks_[*block].parent; parent && frames_.contains(*parent)) frame_of_[proposal_.questions.size()] = frames_[*parent];
    }
    proposal_.questions.push_back(std::move(question));
  }

  /// Reads what a question's own sentences say, then what goes for all.
  void complete(ProposedQuestion& question) {
    std::vector<std::string> preferences;
    Frame own;
    for (const std::string& sentence : sentences_of(question.text)) {
      const SentenceRole role = role_of(sentence);
      if (role == SentenceRole::fallback || is_preference(sentence)) {
        for (std::string& part : parts_by_semicolon(sentence)) question.alternatives.push_back(std::move(part));
        continue;
      }
      add_variables(own.by, variables_in(sentence));
      if (!own.period) own.period = period_in(sentence, received_);
      if (!question.kind && role != SentenceRole::detail) {
        if (auto kind = kind_of(sentence)) {
          question.kind = kind->kind;
          question.kind_words = std::move(kind->words);
        }
      }
    }
    const auto index = static_cast<std::size_t>(&question - proposal_.questions.data());
    const Frame above = frame_of_.contains(index) ? frame_of_[index] : Frame{};
    if (!question.kind && !question.by.empty()) question.kind = request::QuestionKind::statistics;
    const bool counts = question.kind == request::QuestionKind::statistics;
    std::vector<AskedVariable> by;
    if (counts) {
      if (own.period && own.period->is_list_of_years && !names_time(own.by) && !names_time(question.by))
        add_variables(by, {{year_variable(question.text, *own.period), own.period->words, true}});
      add_variables(by, own.by);
      add_variables(by, question.by);
      add_variables(by, above.by);
      add_variables(by, general_.by);
      static const Pattern same_breakdown(
          "\\bsame (?:breakdown|basis|categories|split)\\b|\\bbroken down (?:in the same way|likewise|as above)\\b|\\b(?:breakdown|split) as "
          "(?:above|before)\\b");
      if (index > 0 && same_breakdown.in(question.text)) add_variables(by, proposal_.questions[index - 1].by);
      for (const std::string& each : general_.alternatives) question.alternatives.push_back(each);
    }
    // What goes for all in front of the question's own, as "for each month: by hospital".
    if (!above.by.empty() && !own.by.empty()) {
      std::vector<AskedVariable> ordered;
      add_variables(ordered, above.by);
      add_variables(ordered, by);
      by = std::move(ordered);
    }
    question.by = std::move(by);
    question.period = own.period                                                   ? own.period
                      : above.period                                               ? above.period
                      : counts || question.kind == request::QuestionKind::document ? general_.period
                                                                                   : std::nullopt;
    if (question.kind == request::QuestionKind::document && !own.period && general_.period) question.period.reset();
  }

  /// Which kind of year a list such as "2020/21, 2021/22 and 2022/23" speaks of.
  static std::string year_variable(const std::string& text, const AskedPeriod& period) {
    static const Pattern academic("academic|school year");
    if (academic.in(text)) return "academic-year";
    return static_cast<unsigned>(period.first.month()) == 4 ? "financial-year" : "year";
  }

  static bool names_time(const std::vector<AskedVariable>& by) {
    return std::ranges::any_of(by, [](const AskedVariable& each) { return proposal_for(each.name).form == VariableProposal::Form::months; });
  }

  /// Numbers that the letter does not give are counted on, each once.
  void number_questions() {
    std::set<std::string> taken;
    for (const ProposedQuestion& question : proposal_.questions)
      if (question.number_is_given) taken.insert(question.number);
    std::set<std::string> used;
    int next = 1;
    for (ProposedQuestion& question : proposal_.questions) {
      const bool free = !question.number.empty() && !used.contains(question.number) && (question.number_is_given || !taken.contains(question.number));
      if (!free) {
        while (used.contains(fmt::format("{}", next)) || taken.contains(fmt::format("{}", next))) ++next;
        question.number = fmt::format("{}", next);
        question.number_is_given = false;
      }
      used.insert(question.number);
    }
  }

  void take_formats() {
    for (const Block& block : blocks_)
      for (std::string& each : formats_in(block.text))
        if (std::ranges::find(proposal_.formats, each) == proposal_.formats.end()) proposal_.formats.push_back(std::move(each));
  }

  std::string subject() const {
    static const Pattern usual("^ *(?:re|fw|fwd|aw) ?: *|^ *(?:freedom of information|foi)(?: act)?(?: request)?\\b *[-:\xE2\x80\x93\xE2\x80\x94]* *");
    std::string subject = letter_.subject;
    for (int i = 0; i < 4; ++i)
      if (const auto found = usual.find(subject)) subject.erase(0, found->end());
    static const Pattern about("\\b(?:about|relating to|regarding|concerning) ((?:the |your )?[A-Za-z][A-Za-z' -]{2,60})");
    if (base::trimmed(subject).empty())
      for (const Block& block : blocks_)
        if (const auto found = about.find(block.text); found && subject.empty()) subject = std::string(found->groups[0]);
    subject = std::string(base::trimmed(subject));
    static const Pattern tail(" (?:made|since|from|between|for|who|which|that|in|by|over|during|at|on) .*$");
    if (base::trimmed(letter_.subject).empty())
      if (const auto found = tail.find(subject)) subject.resize(found->at);
    return subject.size() > 120 ? std::string() : subject;
  }

  const Letter& letter_;
  base::Date received_ = {};
  std::vector<Block> blocks_;
  Proposal proposal_;
  Frame general_;
  std::map<std::size_t, Frame> frames_;             ///< of blocks with children
  std::map<std::size_t, std::string> leads_;        ///< their words
  std::map<std::size_t, std::size_t> question_of_;  ///< block to question
  std::map<std::size_t, Frame> frame_of_;           ///< question to what stands above it
  RolesFound roles_;
};

}  // namespace

Proposal propose(const Letter& letter, base::Date received) { return Reader(letter, received).read(); }

}  // namespace candour::casework::intake

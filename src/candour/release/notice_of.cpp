#include <candour/release/notice_of.hpp>

#include <candour/notice/notice.hpp>

namespace candour::release {

base::ResultOrErrors<NoticeText> notice_of(const ReadableAnswer& answer) {
  CANDOUR_TRY(facts, notice::facts_of(answer.the_case(), *answer.order->published, answer.records()));
  CANDOUR_TRY(built, notice::build_notice(answer.the_case(), std::move(facts), answer.order->answered_on));
  NoticeText text;
  text.to_confirm = std::move(built.to_confirm);
  text.relied_on = std::move(built.relied_on);
  for (notice::NoticeSection& section : built.sections) {
    NoticeSection written{std::move(section.heading), {}};
    for (notice::Paragraph& paragraph : section.paragraphs) written.paragraphs.push_back(std::move(paragraph.text));
    text.sections.push_back(std::move(written));
  }
  return text;
}

}  // namespace candour::release

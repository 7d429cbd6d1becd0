"""Words beside a day, in many languages: those of a change, of publication, and of what is to come, lasts or lies long ago."""

import re
from typing import Final

OF_CHANGE: Final = re.compile(
    r"(?i)\b(?:updated?|modified|edited|revised|last (?:change|update|review)|reviewed|aktualisiert|aktualisierung|geändert|"
    r"mis à jour|mise à jour|modifié|actualizad[oa]|actualización|modificado|atualizad[oa]|atualização|aggiornat[oa]|"
    r"aggiornamento|bijgewerkt|gewijzigd|oppdatert|uppdaterad|opdateret|päivitetty|zaktualizowano|aktualizacja|aktualizace|"
    r"aktualizováno|frissítve|actualizat|обновлено|обновление|изменено|оновлено|güncelle\w*|diperbarui|dikemas kini|"
    r"cập nhật)\b|更新|修改|最終更新|최종\s?수정|수정|업데이트|آخر تحديث|تحديث|تم التحديث|به‌?روز|آخرین ویرایش|עודכן|अपडेट|"
    r"अद्यतन|แก้ไข|อัปเดต|อัพเดท|ενημερώθηκε|ενημέρωση"
)
OF_PUBLICATION: Final = re.compile(
    r"(?i)\b(?:published|posted|first (?:published|posted)|released|issued|mise en ligne|mis en ligne|created|"
    r"veröffentlicht|gepostet|erschienen|erstellt|publiziert|publi[ée]e?|paru|publicad[oa]|publicación|publicação|"
    r"pubblicat[oa]|gepubliceerd|geplaatst|publisert|publicerad|julkaistu|opublikowano|dodano|publikováno|közzétéve|"
    r"publicat|опубликован[оа]?|дата публикации|опубліковано|yayın\w*|eklenme|diterbitkan|diunggah|đăng|xuất bản)\b|发布|"
    r"發布|發佈|发表|發表|刊登|公開|掲載|投稿日|配信|입력|등록|게시|발행|نشر|تاريخ النشر|انتشار|منتشر|פורסם|प्रकाशित|"
    r"เผยแพร่|δημοσιεύ"
)
# hearings, events, deadlines, births, copyright, members
OF_OTHERS: Final = re.compile(
    r"(?i)©|\(c\)|\b(?:copyright|all rights|next|upcoming|hearing|deadline|until|expires?|expiry|valid|effective|in force|"
    r"starts?|begins?|ends?|opens?|closes?|event|save the date|scheduled|rescheduled|adjourned|trial|born|died|founded|"
    r"established|since|joined|registered|member|archived|retrieved|accessed|from the archive|nächste[rns]?|termin|"
    r"verhandlung|anhörung|frist|bis|gültig|beginn|veranstaltung|geboren|gestorben|gegründet|seit|abgerufen|prochaine?|"
    r"audience|jusqu|échéance|délai|fondé|depuis|consulté|próxim[oa]|audiencia|audiência|vence|hasta|plazo|até|prazo|evento|"
    r"nacid[oa]|nascid[oa]|desde|prossim[oa]|udienza|scadenza|fino|volgende|zitting|geboren|sinds|nästa|neste|næste|"
    r"następn\w+|rozprawa|termin|do dnia|další|jednání|следующ\w+|заседание|слушани\w+|срок|до|родил\w+|основан\w*|"
    r"наступн\w+|засідання|sonraki|gelecek|duruşma|son tarih|doğum|kadar|berikutnya|sidang|hingga|sampai|tiếp theo|"
    r"phiên tòa|đến hết)\b|下次|下一次|开庭|開庭|截止|截至|有效期|生效|出生|成立于|版权|版權|次回|締切|期限|まで|生まれ|"
    r"다음|마감|공판|까지|الجلسة|القادم|موعد|حتى|מועד|הדיון|अगली|सुनवाई|จนถึง|นัด"
)

#include "render/film_words.h"

#include <string.h>

static const struct {
	const char *language, *thanks, *photographs;
} words[] = {
	{ "en", "Thank you for watching", "Photographs" },
	{ "de", "Danke fürs Zuschauen", "Fotos" },
	{ "fr", "Merci d’avoir regardé", "Photos" },
	{ "es", "Gracias por ver", "Fotos" },
	{ "pt", "Obrigado por assistir", "Fotos" },
	{ "it", "Grazie per la visione", "Foto" },
	{ "nl", "Bedankt voor het kijken", "Foto’s" },
	{ "sv", "Tack för att du tittade", "Foton" },
	{ "da", "Tak fordi du så med", "Fotos" },
	{ "fi", "Kiitos katsomisesta", "Kuvat" },
	{ "pl", "Dziękujemy za uwagę", "Zdjęcia" },
	{ "cs", "Děkujeme za pozornost", "Fotografie" },
	{ "ru", "Спасибо за просмотр", "Фото" },
	{ "uk", "Дякуємо за перегляд", "Фото" },
	{ "el", "Ευχαριστούμε που παρακολουθήσατε", "Φωτογραφίες" },
	{ "tr", "İzlediğiniz için teşekkürler", "Fotoğraflar" },
	{ "ar", "شكرًا على المشاهدة", "الصور" },
	{ "fa", "از تماشای شما سپاسگزاریم", "عکس‌ها" },
	{ "he", "תודה על הצפייה", "צילומים" },
	{ "hi", "देखने के लिए धन्यवाद", "चित्र" },
	{ "th", "ขอบคุณที่รับชม", "ภาพถ่าย" },
	{ "vi", "Cảm ơn bạn đã xem", "Ảnh" },
	{ "id", "Terima kasih telah menonton", "Foto" },
	{ "zh-Hant", "感謝觀看", "圖片" },
	{ "zh-TW", "感謝觀看", "圖片" },
	{ "zh-HK", "感謝觀看", "圖片" },
	{ "zh", "感谢观看", "图片" },
	{ "ja", "ご視聴ありがとうございました", "写真" },
	{ "ko", "시청해 주셔서 감사합니다", "사진" },
};

/* Is tag the language, or one of its variants? */
static int
matches(const char *tag, const char *language)
{
	size_t n = strlen(language);

	return !strncmp(tag, language, n) && (!tag[n] || tag[n] == '-');
}

const char *
film_word(enum film_word which, const char *language)
{
	size_t i;

	for (i = 0; language && i < sizeof(words) / sizeof(*words); i++)
		if (matches(language, words[i].language))
			return which == WORD_THANKS ? words[i].thanks :
			    words[i].photographs;
	return which == WORD_THANKS ? NULL : words[0].photographs;
}

int
film_is_right_to_left(const char *language)
{
	static const char *const list[] = { "ar", "fa", "he", "ur", "ps", "yi",
		"ug", "dv", "ckb", "sd", NULL };
	size_t i;

	for (i = 0; list[i]; i++)
		if (matches(language, list[i]))
			return 1;
	return 0;
}

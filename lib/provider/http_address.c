#include "provider/http_address.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "base/url.h"

/* Does the URL name no public address by its number, or this machine, and what
 * port does it name? libcurl reads it, which is who connects. */
static int
names_private(const char *url, int *port)
{
	CURLU *u = curl_url();
	char *host = NULL, *digits = NULL, *ip;
	unsigned char b[16];
	int yes = 1;

	*port = 0;
	if (u && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_PORT, &digits, CURLU_DEFAULT_PORT) ==
	    CURLUE_OK) {
		*port = (int)strtoul(digits, NULL, 10);
		yes = url_is_local(host);
		ip = host + (*host == '[');
		ip[strcspn(ip, "]")] = '\0';
		if (inet_pton(AF_INET, ip, b) == 1 ||
		    inet_pton(AF_INET6, ip, b) == 1)
			yes = url_ip_is_private(ip);
	}
	curl_free(host);
	curl_free(digits);
	curl_url_cleanup(u);
	return yes;
}

int
http_address_is_private(const char *url, const struct sockaddr *a,
    char ip[INET6_ADDRSTRLEN])
{
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)a;
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)a;
	int port = 0, own, named = names_private(url, &own);

	ip[0] = '\0';
	if (a->sa_family == AF_INET) {
		inet_ntop(AF_INET, &v4->sin_addr, ip, INET6_ADDRSTRLEN);
		port = ntohs(v4->sin_port);
	} else if (a->sa_family == AF_INET6) {
		inet_ntop(AF_INET6, &v6->sin6_addr, ip, INET6_ADDRSTRLEN);
		port = ntohs(v6->sin6_port);
	}
	return port == own ? url_ip_is_private(ip) : named;
}

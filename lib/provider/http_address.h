/*
 * Is an address one that a URL of a stranger's may lead to? For http.c.
 */
#ifndef PROVIDER_HTTP_ADDRESS_H
#define PROVIDER_HTTP_ADDRESS_H

#include <netinet/in.h>
#include <sys/socket.h>

/*
 * Is the server at url, of which libcurl is about to connect to a, none of
 * public? ip gets a as text, "" for what is no address of IP. A proxy's
 * address, the only thing that is asked at another port than the URL's, says
 * nothing of the server: it alone looks the name up, and only a URL that names
 * this machine or a number is known to be private.
 */
int http_address_is_private(const char *url, const struct sockaddr *a,
	char ip[INET6_ADDRSTRLEN]);

#endif

#define FFI_SCOPE "tillwise"
#define FFI_LIB "libtillwise.so"
/* What till.php uses of tillwise.h, in the form that PHP's FFI reads: without #ifdef. */
typedef struct tillwise_engine tillwise_engine;
typedef struct tillwise_sale tillwise_sale;
int tillwise_open(const char *settings, int instances, tillwise_engine **engine, char **detail);
int tillwise_sale_open(tillwise_engine *engine, const char *state, tillwise_sale **sale);
int tillwise_sale_answer(tillwise_sale *sale, const char *event, size_t length, char **answer);
char *tillwise_sale_state(tillwise_sale *sale);
void tillwise_sale_close(tillwise_sale *sale);
void tillwise_close(tillwise_engine *engine);
const char *tillwise_kind(int code);
void tillwise_free(char *text);

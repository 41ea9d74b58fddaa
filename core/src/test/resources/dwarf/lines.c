int f(int x){
  return x+1;
}
int main(){
  volatile int a=3;
  a=f(a);
  return a;
}
